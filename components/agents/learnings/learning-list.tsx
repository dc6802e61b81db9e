"use client";

import { PinIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { ListedLearning } from "@/lib/agents/learnings/list-learnings";
import { type ChangeLearning, LearningActions } from "./learning-actions";
import { LearningWords } from "./learning-words";
import { MergeBar } from "./merge-bar";
import type { Rewrite } from "./rewrite-form";

type LearningListProps = {
  learnings: readonly ListedLearning[];
  onChange: ChangeLearning;
  onRewrite: Rewrite;
};

/** Learnings as the prompts carry them; those of one agent can be ticked and merged into one. */
export function LearningList({ learnings, onChange, onRewrite }: LearningListProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = learnings.filter((learning) => ticked.has(learning.id) && learning.status === "active");
  const tick = (id: string, on: boolean) =>
    setTicked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <>
      <ul className="overflow-hidden rounded-lg border bg-card">
        {learnings.map((learning) => (
          <li key={learning.id} className="flex gap-3 border-b px-4 py-3 last:border-0">
            {learning.status === "active" && (
              <Checkbox
                className="mt-0.5"
                aria-label={`Tick “${learning.words}” for merging`}
                checked={ticked.has(learning.id)}
                onCheckedChange={(on) => tick(learning.id, on === true)}
              />
            )}
            <LearningRow learning={learning} onChange={onChange} />
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <MergeBar chosen={chosen} onRewrite={onRewrite} onDone={() => setTicked(new Set())} />
      )}
    </>
  );
}

function LearningRow({ learning, onChange }: { learning: ListedLearning; onChange: ChangeLearning }) {
  return (
    <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:gap-x-6">
      <div className="grid min-w-0 gap-1.5">
        <p className="break-words">
          {learning.pinned && (
            <Badge variant="info" className="mr-2">
              <PinIcon aria-hidden="true" /> Pinned
            </Badge>
          )}
          <LearningWords learning={learning} />
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
          <span>{learning.agent}</span>
          <Link
            href={`/settings/learnings/${learning.id}`}
            className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
          >
            {learning.runs === 1 ? "in 1 run" : `in ${formatCount(learning.runs)} runs`}
          </Link>
          <span>
            {learning.author}, <Time iso={learning.created_at} />
          </span>
          {learning.search_id && (
            <Link
              href={`/searches/${learning.search_id}`}
              className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
            >
              {learning.searches?.name ?? "The search"}
            </Link>
          )}
          {learning.became && (
            <Link
              href={`/settings/learnings/${learning.became}`}
              className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
            >
              What it became
            </Link>
          )}
          {learning.tags.map((tag) => (
            <Badge key={tag} variant="outline">
              {tag.replaceAll("_", " ")}
            </Badge>
          ))}
        </p>
      </div>
      <div className="flex flex-wrap gap-2 sm:justify-end sm:self-start">
        <LearningActions learning={learning} onChange={onChange} />
      </div>
    </div>
  );
}
