import Link from "next/link";
import { formatCount, formatDuration, formatUsd } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import type { ListedAgentRun } from "@/lib/runs/agent-runs";

/** Agent runs as rows: what for, how it went, what it cost. */
export function AgentRunList({ runs }: { runs: readonly ListedAgentRun[] }) {
  return (
    <ul aria-label="Agent runs" className="overflow-hidden rounded-lg border bg-card">
      {runs.map((run) => (
        <li key={run.id} className="border-b last:border-0">
          <Link
            href={`/runs/agents/${run.id}`}
            data-list-row
            className="grid min-h-11 items-center gap-x-4 gap-y-1 px-4 py-2 -outline-offset-2 hover:bg-muted/60 md:grid-cols-[10rem_8rem_minmax(0,1fr)_16rem]"
          >
            <span className="flex items-center justify-between gap-3">
              <span className="font-semibold">{run.agent}</span>
              <Time iso={run.started_at} className="text-xs text-muted-foreground md:hidden" />
            </span>
            <span>
              <StatusBadge of="run" status={run.status} />
            </span>
            <span className="min-w-0">
              <span className="block truncate">{run.purpose}</span>
              {run.failure_message && (
                <span className="block truncate text-danger">{run.failure_message}</span>
              )}
            </span>
            <span className="flex justify-between gap-3 text-xs text-muted-foreground tabular-nums md:justify-end">
              <span>{formatDuration(run.duration_ms)}</span>
              <span>{formatCount((run.input_tokens ?? 0) + (run.output_tokens ?? 0))} tokens</span>
              <span>{run.cost_microusd === null ? "" : formatUsd(run.cost_microusd / 1e6)}</span>
              <Time iso={run.started_at} className="w-16 text-right max-md:hidden" />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
