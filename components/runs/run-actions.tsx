"use client";

import { BanIcon, RotateCcwIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Action, useAct } from "@/components/page/use-act";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button, buttonVariants } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type RunActionsProps = {
  id: string;
  title: string;
  running: boolean;
  /** Why replaying is safe although the function reaches outside; null when it does not. */
  replaySafety: string | null;
  onReplay: Action<{ id: string }, { runId: string } | { refused: string }>;
  onCancel: Action<{ id: string }, { refused?: string }>;
};

/** Replays or cancels a run, each after saying what that does. */
export function RunActions({ id, title, running, replaySafety, onReplay, onCancel }: RunActionsProps) {
  const router = useRouter();
  const { pending, act } = useAct();
  const [asking, setAsking] = useState<"replay" | "cancel" | null>(null);
  const replay = () =>
    act(
      "The run was not replayed.",
      () => onReplay({ id }),
      (outcome) => {
        if ("refused" in outcome) {
          toast.error("The run was not replayed.", { description: outcome.refused });
          return;
        }
        toast.success("A new run has started.");
        router.push(`/runs/${outcome.runId}`);
      },
    );
  const cancel = () =>
    act(
      "The run was not cancelled.",
      () => onCancel({ id }),
      (outcome) => {
        if (outcome.refused) toast.error("The run was not cancelled.", { description: outcome.refused });
        else toast.success("The run is cancelled.");
        router.refresh();
      },
    );
  return (
    <>
      {running && (
        <Button variant="outline" disabled={pending} onClick={() => setAsking("cancel")}>
          <BanIcon /> Cancel the run
        </Button>
      )}
      <Button variant="outline" disabled={pending} onClick={() => setAsking("replay")}>
        <RotateCcwIcon /> Replay
      </Button>
      <AlertDialog open={asking !== null} onOpenChange={(open) => !open && setAsking(null)}>
        <AlertDialogContent>
          <AlertDialogHeader>
            <AlertDialogTitle>
              {asking === "cancel" ? `Cancel this ${title} run?` : `Replay this ${title} run?`}
            </AlertDialogTitle>
            <AlertDialogDescription>
              {asking === "cancel"
                ? "It stops where it stands; what it has done stays. A search or mail it was working on is picked up by the next sweep, within a minute, unless you close that too."
                : "It runs again from the start, with the same event, as a new run."}
            </AlertDialogDescription>
          </AlertDialogHeader>
          {asking === "replay" && replaySafety && (
            <p className="rounded-md border border-attention-line bg-attention-soft px-3 py-2 text-sm">
              <span className="font-semibold text-attention">It reaches outside the desk.</span>{" "}
              {replaySafety}
            </p>
          )}
          <AlertDialogFooter>
            <AlertDialogCancel>{asking === "cancel" ? "Let it run" : "Leave it"}</AlertDialogCancel>
            <AlertDialogAction
              className={asking === "cancel" ? buttonVariants({ variant: "destructive" }) : undefined}
              onClick={asking === "cancel" ? cancel : replay}
            >
              {asking === "cancel" ? "Cancel the run" : "Replay from the start"}
            </AlertDialogAction>
          </AlertDialogFooter>
        </AlertDialogContent>
      </AlertDialog>
    </>
  );
}
