import { Time } from "@/components/words/time";
import type { TimelineEntry } from "@/lib/searches/timeline";

/** What happened, newest first. */
export function SearchTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="grid gap-3 border-l pl-4">
      {entries.map(({ key, at, text, by, why }) => (
        <li key={key} className="relative grid gap-0.5">
          <span
            aria-hidden="true"
            className="absolute top-1.5 -left-[1.3rem] size-2 rounded-full border border-input bg-card"
          />
          <span>
            {text}
            {by && <span className="text-muted-foreground"> by {by}</span>}
          </span>
          {why && (
            <span className="break-words whitespace-pre-line text-muted-foreground">
              {by ? <q>{why}</q> : why}
            </span>
          )}
          <Time iso={at} show="both" className="text-xs text-muted-foreground" />
        </li>
      ))}
    </ol>
  );
}
