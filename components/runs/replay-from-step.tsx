"use client";

import { RotateCcwIcon } from "lucide-react";
import { useState } from "react";
import type { Action } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { ReplayDialog } from "./replay-dialog";
import { useReplay } from "./use-replay";

type ReplayFromStepProps = {
  id: string;
  title: string;
  step: { id: string; name: string };
  replaySafety: string | null;
  onReplay: Action<{ id: string; fromStepId?: string }, string>;
};

/** Replays a run from one of its steps, after saying what that does. */
export function ReplayFromStep({ id, title, step, replaySafety, onReplay }: ReplayFromStepProps) {
  const [asking, setAsking] = useState(false);
  const { pending, replay } = useReplay(onReplay);
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        className="justify-self-start"
        disabled={pending}
        onClick={() => setAsking(true)}
      >
        <RotateCcwIcon /> Replay from here
      </Button>
      <ReplayDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={title}
        fromStep={step.name}
        replaySafety={replaySafety}
        onReplay={() => replay({ id, fromStepId: step.id })}
      />
    </>
  );
}
