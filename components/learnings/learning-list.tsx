"use client";

import { ArchiveIcon, ArchiveRestoreIcon, PinIcon, PinOffIcon } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/numbers";
import { Time } from "@/components/format/time";
import { type Action, useAct } from "@/components/page/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import type { ListedLearning } from "@/lib/settings/learnings";

type Change = Action<{ id: string; pinned: boolean; status: "active" | "retired" }>;

/** Learnings as the prompts carry them: the words, what changed, what came of it. */
export function LearningList({
  learnings,
  onChange,
}: {
  learnings: readonly ListedLearning[];
  onChange: Change;
}) {
  return (
    <ul className="overflow-hidden rounded-lg border bg-card">
      {learnings.map((learning) => (
        <li key={learning.id} className="border-b px-4 py-3 last:border-0">
          <LearningRow learning={learning} onChange={onChange} />
        </li>
      ))}
    </ul>
  );
}

function LearningRow({ learning, onChange }: { learning: ListedLearning; onChange: Change }) {
  const { pending, act } = useAct();
  const active = learning.status === "active";
  const change = (pinned: boolean, status: "active" | "retired", said: string) =>
    act(
      "The learning was not changed.",
      () => onChange({ id: learning.id, pinned, status }),
      () => toast.success(said),
    );
  return (
    <div className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:gap-x-6">
      <div className="grid min-w-0 gap-1.5">
        <p className="break-words">
          {learning.pinned && (
            <Badge variant="info" className="mr-2">
              <PinIcon aria-hidden="true" /> Pinned
            </Badge>
          )}
          <q className="font-semibold">{learning.words}</q>
          {learning.adjustment && <span> → {learning.adjustment}</span>}
          {learning.outcome && <span className="text-muted-foreground"> ({learning.outcome})</span>}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
          <span>{learning.agent}</span>
          <span>· in {learning.runs === 1 ? "1 run" : `${formatCount(learning.runs)} runs`}</span>
          <span>
            · {learning.author}, <Time iso={learning.created_at} />
          </span>
          {learning.search_id && (
            <Link
              href={`/searches/${learning.search_id}`}
              className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
            >
              {learning.searches?.name ?? "The search"}
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
        {active && (
          <Button
            variant="outline"
            size="sm"
            disabled={pending}
            onClick={() =>
              change(
                !learning.pinned,
                "active",
                learning.pinned ? "No longer pinned." : "Pinned: it comes before all others.",
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
      </div>
    </div>
  );
}
