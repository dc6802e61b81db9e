import Link from "next/link";
import { formatDuration } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import { titleOf } from "@/lib/runs/functions";
import type { EngineRun } from "@/lib/runs/run-shape";
import { sayOutcome } from "./outcome-words";
import { RunStatusBadge } from "./run-status";

/** Runs as rows: which function, how it stands, what came out. */
export function RunList({ runs }: { runs: readonly EngineRun[] }) {
  return (
    <ul aria-label="Runs" className="overflow-hidden rounded-lg border bg-card">
      {runs.map((run) => (
        <li key={run.id} className="border-b last:border-0">
          <Link
            href={`/runs/${run.id}`}
            data-list-row
            className="grid min-h-11 items-center gap-x-4 gap-y-1 px-4 py-2 -outline-offset-2 hover:bg-muted/60 md:grid-cols-[8rem_8rem_minmax(0,1fr)_6rem_6rem]"
          >
            <span className="flex items-center justify-between gap-3">
              <span className="font-semibold">{titleOf(run.functionId)}</span>
              <Time iso={run.queuedAt} className="text-xs text-muted-foreground md:hidden" />
            </span>
            <span>
              <RunStatusBadge status={run.status} />
            </span>
            <span className="truncate text-muted-foreground">{sayOutcome(run)}</span>
            <span className="text-right text-muted-foreground tabular-nums max-md:hidden">
              {sayDuration(run)}
            </span>
            <Time iso={run.queuedAt} className="text-right text-xs text-muted-foreground max-md:hidden" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function sayDuration(run: EngineRun): string {
  if (!run.startedAt || !run.endedAt) return "";
  return formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt));
}
