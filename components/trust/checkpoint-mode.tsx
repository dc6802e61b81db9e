"use client";

import { useState, useTransition } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import type { Checkpoint } from "@/lib/approvals/proposals";
import type { AutoScope, Until } from "@/lib/trust/auto-limits";
import { AutoDialog, type AutoRequest } from "./checkpoint-auto-dialog";
import type { LimitsChoice } from "./checkpoint-limits";
import { CHECKPOINT_WORDS } from "./checkpoint-words";

export interface CheckpointModeProps {
  readonly checkpoint: Checkpoint;
  readonly mode: "plan" | "auto";
  readonly passes: boolean;
  readonly sentence: string;
  readonly until: Until | null;
  readonly scope: AutoScope;
  readonly choice: LimitsChoice;
  readonly onAuto: Action<AutoRequest>;
  readonly onPlan: Action<{ checkpoint: Checkpoint }>;
}

/** The switch between plan and auto; in plan with the suggestion, where auto is earned, in auto with its limits. */
export function CheckpointMode(props: CheckpointModeProps) {
  const { checkpoint, mode, passes, sentence } = props;
  const { title } = CHECKPOINT_WORDS[checkpoint];
  const { pending: leaving, act } = useAct();
  const [entering, start] = useTransition();
  const pending = leaving || entering;
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const inAuto = mode === "auto";

  function open(next: boolean) {
    setProblem(undefined);
    setAsking(next);
  }
  function putIntoPlan() {
    act(
      `${title} stays in auto.`,
      () => props.onPlan({ checkpoint }),
      () => toast.success(`${title} is in plan now.`),
    );
  }
  function putIntoAuto(request: AutoRequest) {
    start(async () => {
      const answer = await props.onAuto(request).catch(() => null);
      if (!answer?.ok) return setProblem(answer?.message ?? "The server did not answer. Try again.");
      setAsking(false);
      toast.success(inAuto ? `The limits of ${title.toLowerCase()} changed.` : `${title} is in auto now.`);
    });
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <ToggleGroup
        type="single"
        value={mode}
        disabled={pending}
        aria-label={`Mode of ${title}`}
        onValueChange={(next) => {
          if (next === "auto" && !inAuto) open(true);
          if (next === "plan" && inAuto) putIntoPlan();
        }}
      >
        <ToggleGroupItem value="plan">Plan</ToggleGroupItem>
        <ToggleGroupItem value="auto">Auto</ToggleGroupItem>
      </ToggleGroup>
      {inAuto && (
        <Button variant="outline" size="sm" disabled={pending} onClick={() => open(true)}>
          Change the limits
        </Button>
      )}
      {!inAuto && passes && (
        <Button
          disabled={pending}
          onClick={() => open(true)}
          className="h-auto min-h-9 max-w-full shrink flex-col items-start gap-0 py-1.5 text-left whitespace-normal"
        >
          <span>Put {title.toLowerCase()} into auto</span>
          <span className="text-xs font-normal">{sentence}</span>
        </Button>
      )}
      <AutoDialog
        key={`${mode} ${props.until?.day} ${props.until?.clock} ${JSON.stringify(props.scope)}`}
        open={asking}
        onOpenChange={open}
        checkpoint={checkpoint}
        inAuto={inAuto}
        passes={passes}
        sentence={sentence}
        until={props.until}
        scope={props.scope}
        choice={props.choice}
        pending={pending}
        problem={problem}
        onSubmit={putIntoAuto}
      />
    </div>
  );
}
