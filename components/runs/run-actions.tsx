"use client";

import { BanIcon, RotateCcwIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "@/components/shell/confirm-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { ReplayDialog } from "./replay-dialog";
import { useReplay } from "./use-replay";

type RunActionsProps = {
  id: string;
  title: string;
  running: boolean;
  /** Why replaying is safe although the function reaches outside; null when it does not. */
  replaySafety: string | null;
  onReplay: Action<{ id: string; fromStepId?: string }, string>;
  onCancel: Action<{ id: string }>;
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
      () => {
        toast.success("The run is cancelled.");
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
      <ConfirmDialog
        open={asking === "cancel"}
        onClose={() => setAsking(null)}
        title={`Cancel this ${title} run?`}
        description="It stops where it stands; what it has done stays. A search or mail it was working on is picked up by the next sweep, within a minute, unless you close that too."
        cancel="Let it run"
        confirm="Cancel the run"
        destructive
        onConfirm={cancel}
      />
    </>
  );
}
