"use client";

import { PauseIcon, PlayIcon } from "lucide-react";
import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type MailboxSwitchProps = {
  id: string;
  address: string;
  paused: boolean;
  onPause: Action<{ id: string; reason: string }>;
  onResume: Action<{ id: string }>;
};

/** Pauses a mailbox, after asking why, or lets it send again. */
export function MailboxSwitch({ id, address, paused, onPause, onResume }: MailboxSwitchProps) {
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);
  const resume = () =>
    act(
      "The mailbox is still paused.",
      () => onResume({ id }),
      () => toast.success(`${address} sends again.`),
    );
  return (
    <>
      {paused ? (
        <Button variant="outline" size="sm" disabled={pending} onClick={resume}>
          <PlayIcon /> Resume<span className="sr-only"> {address}</span>
        </Button>
      ) : (
        <Button variant="outline" size="sm" disabled={pending} onClick={() => setAsking(true)}>
          <PauseIcon /> Pause<span className="sr-only"> {address}</span>
        </Button>
      )}
      <ReasonDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Pause ${address}?`}
        description="No mail leaves this mailbox from the next one on. Its schedule is kept, its replies still come in, and other mailboxes go on."
        label="Why?"
        missing="Say why the mailbox is paused."
        cancel="Keep sending"
        submit="Pause the mailbox"
        onSubmit={(reason) => {
          setAsking(false);
          act(
            "The mailbox was not paused.",
            () => onPause({ id, reason }),
            () => toast.success(`${address} is paused.`),
          );
        }}
      />
    </>
  );
}
