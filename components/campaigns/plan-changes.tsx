import { Section } from "@/components/shell/section";
import { formatCount, formatDuration } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { PlanChanges as Changes } from "@/lib/campaigns/load-plan-summary";
import { TextDiff } from "./text-diff";

interface PlanChangesProps {
  readonly changes: Changes;
  /** What was asked for and how it was understood */
  readonly notes: readonly string[];
  readonly timeZone: string;
}

/** What changed since the last revision: the words that asked for it, who came and went, which times moved, which mails say something else. */
export function PlanChanges({ changes, notes, timeZone }: PlanChangesProps) {
  const { gone, came, moved, rewritten, ends } = changes;
  const isSame = gone + came + moved + rewritten === 0;
  return (
    <Section title={`What changed since revision ${changes.since}`} frame="card">
      <div className="grid gap-4">
        {notes.length > 0 && (
          <ul className="list-disc pl-4">
            {notes.map((note) => (
              <li key={note} className="break-words">
                {note}
              </li>
            ))}
          </ul>
        )}
        {isSame && <p>Nothing: the same contacts, the same mails, the same times.</p>}
        <Names title="No longer mailed" count={gone} names={changes.goneNames} whyWord="" />
        <Names title="Now mailed" count={came} names={changes.cameNames} whyWord="before: " />
        {moved > 0 && (
          <div className="grid gap-1">
            <p className="font-semibold tabular-nums">
              {formatCount(moved)} mail{moved === 1 ? "" : "s"} moved
              {changes.unmoved > 0 && `, ${formatCount(changes.unmoved)} stayed`}
            </p>
            <p className="text-muted-foreground">
              {shiftWords(changes.movedBySMin, changes.movedBySMax)} First mail{" "}
              <Time iso={ends.firstBefore} zone={timeZone} show="absolute" /> →{" "}
              <Time iso={ends.firstAfter} zone={timeZone} show="absolute" />; last{" "}
              <Time iso={ends.lastBefore} zone={timeZone} show="absolute" /> →{" "}
              <Time iso={ends.lastAfter} zone={timeZone} show="absolute" />.
            </p>
          </div>
        )}
        {rewritten > 0 && (
          <div className="grid gap-2">
            <p className="font-semibold tabular-nums">
              {formatCount(rewritten)} mail{rewritten === 1 ? "" : "s"} say something else; one of each:
            </p>
            <ol className="grid gap-3 lg:grid-cols-3">
              {changes.samples.map((sample) => (
                <li key={sample.step} className="grid min-w-0 content-start gap-2 rounded-lg border p-4">
                  <p className="text-xs text-muted-foreground">
                    Mail {sample.step} to {sample.name}
                  </p>
                  <div className="font-semibold">
                    <TextDiff before={sample.subjectBefore} after={sample.subjectAfter} />
                  </div>
                  <TextDiff before={sample.bodyBefore} after={sample.bodyAfter} />
                </li>
              ))}
            </ol>
          </div>
        )}
      </div>
    </Section>
  );
}

function Names({
  title,
  count,
  names,
  whyWord,
}: {
  title: string;
  count: number;
  names: Changes["goneNames"];
  whyWord: string;
}) {
  if (count === 0) return null;
  return (
    <details open={count <= 5}>
      <summary className="cursor-pointer touch:min-h-11 touch:content-center">
        <span className="font-semibold tabular-nums">
          {title}: {formatCount(count)}
        </span>
      </summary>
      <ul className="mt-1 grid gap-0.5">
        {names.map((entry) => (
          <li key={entry.id}>
            {entry.name}
            {entry.why && (
              <span className="text-muted-foreground">
                {" "}
                · {whyWord}
                {entry.why}
              </span>
            )}
          </li>
        ))}
        {count > names.length && (
          <li className="text-muted-foreground">and {formatCount(count - names.length)} more</li>
        )}
      </ul>
    </details>
  );
}

function shiftWords(min: number | null, max: number | null): string {
  if (min === null || max === null) return "";
  const part = (seconds: number) =>
    `${formatDuration(Math.abs(seconds) * 1000)} ${seconds < 0 ? "earlier" : "later"}`;
  return min === max ? `By ${part(min)}.` : `Between ${part(min)} and ${part(max)}.`;
}
