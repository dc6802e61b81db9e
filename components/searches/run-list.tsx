import Link from "next/link";
import { formatCount, formatDuration, formatUsd } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type RunView = {
  id: string;
  agent: string;
  version: string;
  purpose: string;
  model: string;
  status: string;
  attempts: number;
  durationMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  failure: string | null;
  startedAt: string;
  learnings: readonly { id: string; line: string }[];
};

/** Every run of an agent for a search, with the learnings that were in its prompt. */
export function RunList({ runs }: { runs: readonly RunView[] }) {
  return (
    <ul className="divide-y">
      {runs.map((run) => (
        <li key={run.id} className="grid gap-1 px-4 py-3">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link
              href={`/runs/agents/${run.id}`}
              className="inline-flex items-center font-semibold underline-offset-4 hover:underline touch:min-h-11"
            >
              {run.agent}
            </Link>
            <span className="text-xs text-muted-foreground">
              {run.version} · {run.model}
            </span>
            <StatusBadge of="run" status={run.status} />
            <Time iso={run.startedAt} className="text-xs text-muted-foreground" />
          </span>
          <span>{run.purpose}</span>
          <span className="text-xs text-muted-foreground tabular-nums">
            {formatDuration(run.durationMs)} · {formatCount(run.inputTokens)} tokens in,{" "}
            {formatCount(run.outputTokens)} out · {formatUsd(run.costUsd)}
            {run.attempts > 1 && ` · ${run.attempts} attempts`}
          </span>
          {run.failure && <p className="break-words text-danger">{run.failure}</p>}
          {run.learnings.length > 0 ? (
            <details>
              <summary className="flex min-h-8 items-center text-xs text-muted-foreground touch:min-h-11">
                {run.learnings.length === 1 ? "1 learning" : `${run.learnings.length} learnings`} in its
                prompt
              </summary>
              <ul className="grid list-disc gap-1 pl-5">
                {run.learnings.map(({ id, line }) => (
                  <li key={id} className="break-words">
                    {line.replace(/^- /, "")}
                  </li>
                ))}
              </ul>
            </details>
          ) : (
            <span className="text-xs text-muted-foreground">No learnings were relevant.</span>
          )}
        </li>
      ))}
    </ul>
  );
}
