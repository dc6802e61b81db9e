import Link from "next/link";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import type { ListedShadow } from "@/lib/shadows/shadows";

/** Trials of an agent's candidates, newest first. */
export function ShadowList({ shadows }: { shadows: readonly ListedShadow[] }) {
  if (shadows.length === 0) return null;
  return (
    <ul className="overflow-hidden rounded-lg border bg-card">
      {shadows.map((shadow) => (
        <li key={shadow.id} className="border-b last:border-0">
          <Link
            href={`/settings/agents/shadows/${shadow.id}`}
            className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 -outline-offset-2 hover:bg-muted/60"
          >
            <StatusBadge of="shadow" status={shadow.status} />
            <code className="text-xs">{shadow.version}</code>
            <span className="text-muted-foreground">
              {shadow.status_reason ?? `${shadow.share_pct}% of runs`}
            </span>
            <span className="ml-auto text-xs text-muted-foreground">
              {shadow.started_by}, <Time iso={shadow.started_at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
