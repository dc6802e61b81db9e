"use client";

import { ScaleIcon } from "lucide-react";
import Link from "next/link";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import type { ListedConflict } from "@/lib/agents/learnings/list-conflicts";
import type { ChangeLearning } from "./learning-actions";

type ConflictListProps = {
  conflicts: readonly ListedConflict[];
  onChange: ChangeLearning;
  onKeepBoth: Action<{ one: string; other: string }>;
};

/** Learnings that seem to pull one prompt in two directions; a person says which holds, or that both do. */
export function ConflictList({ conflicts, onChange, onKeepBoth }: ConflictListProps) {
  return (
    <ul className="grid gap-3">
      {conflicts.map(({ about, one, other }) => (
        <li
          key={`${one.id}/${other.id}`}
          className="rounded-lg border border-attention-line bg-attention-soft p-4"
        >
          <p className="mb-2 flex items-center gap-2 font-semibold">
            <ScaleIcon aria-hidden="true" className="size-4 shrink-0" /> They disagree about {about}
          </p>
          <div className="grid gap-3 sm:grid-cols-2">
            <Side learning={one} onChange={onChange} />
            <Side learning={other} onChange={onChange} />
          </div>
          <KeepBoth one={one.id} other={other.id} onKeepBoth={onKeepBoth} />
        </li>
      ))}
    </ul>
  );
}

function Side({ learning, onChange }: { learning: ListedConflict["one"]; onChange: ChangeLearning }) {
  const { pending, act } = useAct();
  return (
    <div className="grid content-start gap-2">
      <Link
        href={`/settings/learnings/${learning.id}`}
        className="break-words underline-offset-4 hover:underline touch:min-h-11"
      >
        <q>{learning.words}</q>
      </Link>
      <div>
        <Button
          variant="outline"
          size="sm"
          disabled={pending}
          aria-label={`Retire “${learning.words}”`}
          onClick={() =>
            act(
              "The learning was not retired.",
              () => onChange({ id: learning.id, pinned: false, status: "retired" }),
              () => toast.success("Retired: it goes into no later prompt."),
            )
          }
        >
          Retire this one
        </Button>
      </div>
    </div>
  );
}

function KeepBoth({
  one,
  other,
  onKeepBoth,
}: {
  one: string;
  other: string;
  onKeepBoth: ConflictListProps["onKeepBoth"];
}) {
  const { pending, act } = useAct();
  return (
    <Button
      variant="outline"
      size="sm"
      className="mt-3"
      disabled={pending}
      onClick={() =>
        act(
          "Nothing was kept.",
          () => onKeepBoth({ one, other }),
          () => toast.success("Both stay in use; this pair is not asked about again."),
        )
      }
    >
      Both hold: keep both
    </Button>
  );
}
