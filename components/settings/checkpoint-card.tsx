"use client";

import { LockIcon } from "lucide-react";
import { useState } from "react";
import { Time } from "@/components/format/time";
import { type Action, useAct } from "@/components/page/use-act";
import { toast } from "@/components/ui/sonner";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import type { Checkpoint } from "@/lib/approvals/proposals";
import { CHECKPOINT_WORDS } from "./checkpoint-words";
import { ReasonDialog } from "./reason-dialog";

type CheckpointCardProps = {
  checkpoint: Checkpoint;
  mode: "plan" | "auto";
  reason: string | null;
  updatedBy: string;
  updatedAt: string;
  onChange: Action<
    | { checkpoint: Checkpoint; mode: "auto"; reason: string }
    | { checkpoint: Checkpoint; mode: "plan"; reason?: string | undefined }
  >;
};

/** One checkpoint: what plan and auto mean there, and the switch between them. Auto asks for a reason. */
export function CheckpointCard({
  checkpoint,
  mode,
  reason,
  updatedBy,
  updatedAt,
  onChange,
}: CheckpointCardProps) {
  const words = CHECKPOINT_WORDS[checkpoint];
  const fixed = checkpoint === "extraction";
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);

  function change(next: "plan" | "auto", why?: string) {
    setAsking(false);
    act(
      `${words.title} stays in ${mode}.`,
      () =>
        onChange(
          next === "auto"
            ? { checkpoint, mode: next, reason: why ?? "" }
            : { checkpoint, mode: next, reason: why },
        ),
      () => toast.success(`${words.title} is in ${next} now.`),
    );
  }

  return (
    <li className="grid gap-3 border-b px-4 py-4 last:border-0 sm:grid-cols-[minmax(0,1fr)_auto] sm:gap-x-6">
      <div className="grid gap-1">
        <h3 className="text-sm">{words.title}</h3>
        <p className={mode === "plan" ? undefined : "text-muted-foreground"}>
          <span className="font-semibold">Plan:</span> {words.plan}
        </p>
        <p className={mode === "auto" ? undefined : "text-muted-foreground"}>
          <span className="font-semibold">Auto:</span> {words.auto}
        </p>
        <p className="text-xs text-muted-foreground">
          {updatedBy === "system" ? "As installed" : `Changed by ${updatedBy}`} · <Time iso={updatedAt} />
          {reason && ` · “${reason}”`}
        </p>
      </div>
      {fixed ? (
        <p className="flex h-8 items-center gap-1.5 rounded-md bg-muted px-3 font-semibold sm:self-start touch:h-11">
          <LockIcon aria-hidden="true" className="size-4" /> Always plan
        </p>
      ) : (
        <ToggleGroup
          type="single"
          value={mode}
          disabled={pending}
          aria-label={`Mode of ${words.title}`}
          className="sm:self-start"
          onValueChange={(next) => {
            if (next === "auto" && mode === "plan") setAsking(true);
            if (next === "plan" && mode === "auto") change("plan");
          }}
        >
          <ToggleGroupItem value="plan">Plan</ToggleGroupItem>
          <ToggleGroupItem value="auto">Auto</ToggleGroupItem>
        </ToggleGroup>
      )}
      <ReasonDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Put ${words.title.toLowerCase()} into auto?`}
        description={words.auto}
        label="Why has it earned auto?"
        hint="Kept in the audit log, and shown here."
        missing="Say why it has earned auto."
        cancel="Stay in plan"
        submit="Put into auto"
        onSubmit={(why) => change("auto", why)}
      />
    </li>
  );
}
