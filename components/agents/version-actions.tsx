"use client";

import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import type { AgentName } from "@/lib/agents/definition-text";

type Activate = Action<{ agent: AgentName; version: string; expected: string; why: string }>;

interface MakeLiveProps {
  readonly agent: AgentName;
  /** Empty follows the file. */
  readonly version: string;
  readonly live: string;
  readonly label: string;
  readonly description: string;
  readonly onActivate: Activate;
}

/** Makes a kept text live, or follows the file again, with a reason. */
export function MakeLive({ agent, version, live, label, description, onActivate }: MakeLiveProps) {
  const { pending, act } = useAct();
  const [open, setOpen] = useState(false);
  const submit = (why: string) =>
    act(
      "Nothing was changed.",
      () => onActivate({ agent, version, expected: live, why }),
      () => {
        setOpen(false);
        toast.success("It counts from the next run on.");
      },
    );
  return (
    <>
      <Button variant="outline" disabled={pending} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`${label}?`}
        description={description}
        label="Why"
        missing="Say why."
        cancel="Leave it"
        submit={label}
        onSubmit={submit}
      />
    </>
  );
}
