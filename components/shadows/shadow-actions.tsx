"use client";

import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import type { AgentName } from "@/lib/agents/definition-text";

interface ShadowActionsProps {
  readonly id: string;
  readonly agent: AgentName;
  readonly live: string;
  readonly running: boolean;
  /** What the switch would rest on: "38 of 40 answers the same, $0.12 instead of $0.31". */
  readonly evidence: string;
  readonly onSwitch: Action<{ id: string; agent: AgentName; expected: string; why: string }>;
  readonly onStop: Action<{ id: string }>;
}

/** Makes the candidate live, or stops it. */
export function ShadowActions({ id, agent, live, running, evidence, onSwitch, onStop }: ShadowActionsProps) {
  const { pending, act } = useAct();
  const [open, setOpen] = useState(false);
  return (
    <>
      {running && (
        <Button
          variant="outline"
          disabled={pending}
          onClick={() =>
            act(
              "It was not stopped.",
              () => onStop({ id }),
              () => toast.success("Stopped. What it answered is kept."),
            )
          }
        >
          Stop the shadow
        </Button>
      )}
      <Button disabled={pending} onClick={() => setOpen(true)}>
        Switch to it
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`Switch ${agent} to this version?`}
        description={`${evidence} It counts from the next run on; a checkpoint in auto goes back to plan until this definition and its model have earned it.`}
        label="Why"
        missing="Say why."
        cancel="Leave it"
        submit="Switch"
        onSubmit={(why) =>
          act(
            "Nothing was switched.",
            () => onSwitch({ id, agent, expected: live, why }),
            () => {
              setOpen(false);
              toast.success("Switched. It counts from the next run on.");
            },
          )
        }
      />
    </>
  );
}
