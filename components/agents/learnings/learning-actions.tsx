"use client";

import { ArchiveIcon, ArchiveRestoreIcon, PinIcon, PinOffIcon } from "lucide-react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

export type ChangeLearning = Action<{ id: string; pinned: boolean; status: "active" | "retired" }>;

type LearningActionsProps = {
  learning: { id: string; pinned: boolean; status: string; became: string | null };
  onChange: ChangeLearning;
};

/** Pin, unpin, retire, bring back. One that was rewritten stays as it is. */
export function LearningActions({ learning, onChange }: LearningActionsProps) {
  const { pending, act } = useAct();
  const active = learning.status === "active";
  const change = (pinned: boolean, status: "active" | "retired", said: string) =>
    act(
      "The learning was not changed.",
      () => onChange({ id: learning.id, pinned, status }),
      () => toast.success(said),
    );
  if (learning.became) return null;
  return (
    <>
      {active && (
        <Button
          variant="outline"
          size="sm"
          disabled={pending}
          onClick={() =>
            change(
              !learning.pinned,
              "active",
              learning.pinned ? "No longer pinned." : "Pinned: it goes into every prompt of this agent.",
            )
          }
        >
          {learning.pinned ? <PinOffIcon /> : <PinIcon />} {learning.pinned ? "Unpin" : "Pin"}
        </Button>
      )}
      <Button
        variant="outline"
        size="sm"
        disabled={pending}
        onClick={() =>
          active
            ? change(false, "retired", "Retired: it goes into no later prompt.")
            : change(false, "active", "Brought back.")
        }
      >
        {active ? <ArchiveIcon /> : <ArchiveRestoreIcon />} {active ? "Retire" : "Bring back"}
      </Button>
    </>
  );
}
