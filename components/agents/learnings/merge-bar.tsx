"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { ListedLearning } from "@/lib/agents/learnings/list-learnings";
import { type Rewrite, RewriteForm } from "./rewrite-form";

type MergeBarProps = {
  chosen: readonly ListedLearning[];
  onRewrite: Rewrite;
  onDone: () => void;
};

/** What can be done with the ticked learnings: write them as one. */
export function MergeBar({ chosen, onRewrite, onDone }: MergeBarProps) {
  const [open, setOpen] = useState(false);
  const agents = new Set(chosen.map((learning) => learning.agent));
  const problem =
    chosen.length < 2
      ? "Tick another one to merge them."
      : agents.size > 1
        ? "Only learnings of one agent can be merged."
        : undefined;
  return (
    <div
      role="status"
      className="sticky bottom-3 mt-3 flex flex-wrap items-center justify-between gap-3 rounded-lg border bg-card px-4 py-3 shadow-md"
    >
      <span>{problem ?? `${chosen.length} ticked`}</span>
      <span className="flex gap-2">
        <Button variant="ghost" onClick={onDone}>
          Untick all
        </Button>
        <Button disabled={problem !== undefined} onClick={() => setOpen(true)}>
          Merge into one
        </Button>
      </span>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>Merge {chosen.length} learnings</DialogTitle>
            <DialogDescription>
              Later prompts carry your words instead of these. The old ones stay, retired, with the strongest
              measured effect passed on.
            </DialogDescription>
          </DialogHeader>
          <RewriteForm
            ids={chosen.map((learning) => learning.id)}
            words={chosen.map((learning) => learning.words).join("; ")}
            tags={[...new Set(chosen.flatMap((learning) => learning.tags))]}
            submit="Merge"
            onRewrite={onRewrite}
            onDone={() => {
              setOpen(false);
              onDone();
            }}
          />
        </DialogContent>
      </Dialog>
    </div>
  );
}
