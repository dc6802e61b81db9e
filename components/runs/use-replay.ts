"use client";

import { useRouter } from "next/navigation";
import { type Action, useAct } from "@/components/shell/use-act";
import { toast } from "@/components/ui/sonner";

export type ReplayOutcome = { runId: string } | { refused: string };

/** Starts a replay and leads to the new run, or says why there is none. */
export function useReplay(onReplay: Action<{ id: string; fromStepId?: string }, ReplayOutcome>) {
  const router = useRouter();
  const { pending, act } = useAct();
  const replay = (input: { id: string; fromStepId?: string }) =>
    act(
      "The run was not replayed.",
      () => onReplay(input),
      (outcome) => {
        if ("refused" in outcome) {
          toast.error("The run was not replayed.", { description: outcome.refused });
          return;
        }
        toast.success("A new run has started.");
        router.push(`/runs/${outcome.runId}`);
      },
    );
  return { pending, replay };
}
