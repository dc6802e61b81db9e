"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/shell/confirm-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type Answer = "found" | "again" | "drop";

interface SettleButtonsProps {
  readonly id: string;
  readonly to: string;
  readonly onSettle: Action<{ id: string; answer: Answer }, boolean>;
}

const DONE: Record<Answer, string> = {
  found: "Noted as sent.",
  again: "It is back in the queue.",
  drop: "Dropped. Nothing more is sent for it.",
};

/** What a person knows about a mail nobody could find. Sending again asks once more: it is the one answer that can do harm. */
export function SettleButtons({ id, to, onSettle }: SettleButtonsProps) {
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);
  const settle = (answer: Answer) =>
    act(
      "It was not settled.",
      () => onSettle({ id, answer }),
      (isNews) =>
        isNews
          ? toast.success(DONE[answer])
          : toast.message("Somebody settled it before; nothing was changed."),
    );
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" disabled={pending} onClick={() => settle("found")}>
        I found it
      </Button>
      <Button variant="outline" size="sm" disabled={pending} onClick={() => setAsking(true)}>
        Send it again
      </Button>
      <Button variant="ghost" size="sm" disabled={pending} onClick={() => settle("drop")}>
        Drop it
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Send it to ${to} again?`}
        description="If the first one did leave, they get the same mail twice. Look in Sent Items and Outbox of the mailbox first."
        cancel="Do not send"
        confirm="I looked; send it again"
        onConfirm={() => settle("again")}
      />
    </div>
  );
}
