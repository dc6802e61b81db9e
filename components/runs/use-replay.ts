"use client";

import { useRouter } from "next/navigation";
import { type Action, useAct } from "@/components/shell/use-act";
import { toast } from "@/components/ui/sonner";

/** Starts a replay, which answers the new run, and leads there. */
export function useReplay(onReplay: Action<{ id: string; fromStepId?: string }, string>) {
  const router = useRouter();
  const { pending, act } = useAct();
  const replay = (input: { id: string; fromStepId?: string }) =>
    act(
      "The run was not replayed.",
      () => onReplay(input),
      (runId) => {
        toast.success("A new run has started.");
        router.push(`/runs/${runId}`);
      },
    );
  return { pending, replay };
}
