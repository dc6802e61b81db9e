"use client";

import { ConfirmDialog } from "@/components/shell/confirm-dialog";

type ReplayDialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Name of the step to begin with; from the start when absent. */
  fromStep?: string;
  /** Why replaying is safe although the function reaches outside; null when it does not. */
  replaySafety: string | null;
  onReplay: () => void;
};

/** Says what a replay does before it is done. */
export function ReplayDialog({ open, onClose, title, fromStep, replaySafety, onReplay }: ReplayDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Replay this ${title} run?`}
      description={
        fromStep === undefined
          ? "It runs again from the start, with the same event, as a new run."
          : `A new run begins with “${fromStep}”. What the steps before it answered is kept; that step and those after it run again.`
      }
      cancel="Leave it"
      confirm={fromStep === undefined ? "Replay from the start" : "Replay from this step"}
      onConfirm={onReplay}
    >
      {replaySafety && (
        <p className="rounded-md border border-attention-line bg-attention-soft px-3 py-2 text-sm">
          <span className="font-semibold text-attention">It reaches outside the desk.</span> {replaySafety}
        </p>
      )}
    </ConfirmDialog>
  );
}
