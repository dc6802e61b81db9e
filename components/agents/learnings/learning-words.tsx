import type { Learning } from "@/lib/agents/learnings/fit-learnings";

/** A learning as a prompt carries it: the words, what changed, what came of it. */
export function LearningWords({
  learning,
}: {
  learning: Pick<Learning, "words" | "adjustment" | "outcome">;
}) {
  return (
    <>
      <q className="font-semibold">{learning.words}</q>
      {learning.adjustment && <span> → {learning.adjustment}</span>}
      {learning.outcome && <span className="text-muted-foreground"> ({learning.outcome})</span>}
    </>
  );
}
