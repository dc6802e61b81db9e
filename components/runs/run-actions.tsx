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
import { ReplayDialog } from "./replay-dialog";
import { type ReplayOutcome, useReplay } from "./use-replay";

type RunActionsProps = {
  id: string;
  title: string;
  running: boolean;
  /** Why replaying is safe although the function reaches outside; null when it does not. */
  replaySafety: string | null;
  onReplay: Action<{ id: string; fromStepId?: string }, ReplayOutcome>;
  onCancel: Action<{ id: string }, { refused?: string }>;
};

/** Replays or cancels a run, each after saying what that does. */
export function RunActions({ id, title, running, replaySafety, onReplay, onCancel }: RunActionsProps) {
  const router = useRouter();
  const { pending, act } = useAct();
  const { pending: replaying, replay } = useReplay(onReplay);
  const [asking, setAsking] = useState<"replay" | "cancel" | null>(null);
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
      <Button variant="outline" disabled={replaying} onClick={() => setAsking("replay")}>
        <RotateCcwIcon /> Replay
      </Button>
      <ReplayDialog
        open={asking === "replay"}
        onClose={() => setAsking(null)}
        title={title}
        replaySafety={replaySafety}
        onReplay={() => replay({ id })}
      />
      <AlertDialog open={asking === "cancel"} onOpenChange={(open) => !open && setAsking(null)}>
        <AlertDialogContent>
          <AlertDialogHeader>
            <AlertDialogTitle>Cancel this {title} run?</AlertDialogTitle>
            <AlertDialogDescription>
              It stops where it stands; what it has done stays. A search or mail it was working on is picked
              up by the next sweep, within a minute, unless you close that too.
            </AlertDialogDescription>
          </AlertDialogHeader>
          <AlertDialogFooter>
            <AlertDialogCancel>Let it run</AlertDialogCancel>
            <AlertDialogAction className={buttonVariants({ variant: "destructive" })} onClick={cancel}>
              Cancel the run
            </AlertDialogAction>
          </AlertDialogFooter>
        </AlertDialogContent>
      </AlertDialog>
    </>
  );
}
