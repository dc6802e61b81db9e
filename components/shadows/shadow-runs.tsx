import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { formatDuration, formatPercent } from "@/components/words/numbers";
import type { ShadowRun } from "@/lib/shadows/shadows";
import { saySmallUsd } from "./shadow-words";

/** What a candidate answered, run by run. */
export function ShadowRuns({ runs, running }: { runs: readonly ShadowRun[]; running: boolean }) {
  if (runs.length === 0)
    return (
      <p className="text-muted-foreground">
        {running
          ? "It looks at each run once that is finished, within a minute. Nothing was asked since it began."
          : "Nothing was asked while it ran."}
      </p>
    );
  return (
    <ul className="overflow-hidden rounded-lg border bg-card">
      {runs.map((run) => (
        <li key={run.id} className="border-b last:border-0">
          <Link
            href={`/runs/agents/${run.id}`}
            className="grid min-h-11 gap-0.5 px-4 py-2 -outline-offset-2 hover:bg-muted/60"
          >
            <span className="flex flex-wrap items-center gap-2">
              <Agreement run={run} />
              <span className="min-w-0 break-words">{run.agreement_note ?? run.failure_message ?? ""}</span>
            </span>
            <span className="flex flex-wrap gap-x-3 text-xs text-muted-foreground tabular-nums">
              <span className="min-w-0 break-words">{run.purpose}</span>
              <span>{formatDuration(run.duration_ms)}</span>
              <span>{run.cost_microusd === null ? "" : saySmallUsd(run.cost_microusd / 1e6)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Agreement({ run }: { run: ShadowRun }) {
  if (run.status === "running") return <Badge variant="info">Running</Badge>;
  if (run.status === "failed") return <Badge variant="danger">No valid answer</Badge>;
  if (run.agreement_bps === null) return <Badge>Not comparable</Badge>;
  if (run.agreement_bps === 10_000) return <Badge variant="positive">The same</Badge>;
  return <Badge variant="attention">{formatPercent(run.agreement_bps / 10_000, 0)} alike</Badge>;
}
