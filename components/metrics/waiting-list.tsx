import Link from "next/link";
import { formatCount } from "@/components/format/numbers";
import { CHECKPOINT_WORDS } from "@/components/settings/checkpoint-words";
import { Badge } from "@/components/ui/badge";
import type { WaitingCheckpoint } from "@/lib/metrics/load-metrics";

/** What waits at each checkpoint now, whatever range is looked at. */
export function WaitingList({ checkpoints }: { checkpoints: readonly WaitingCheckpoint[] }) {
  return (
    <ul>
      {checkpoints.map(({ checkpoint, mode, waiting }) => (
        <li
          key={checkpoint}
          className="flex min-h-11 items-center justify-between gap-4 border-b px-4 py-2 last:border-0"
        >
          <span className="flex items-center gap-2">
            {CHECKPOINT_WORDS[checkpoint].title}
            <Badge variant="outline">{mode === "auto" ? "Auto" : "Plan"}</Badge>
          </span>
          {waiting > 0 ? (
            <Link
              href="/"
              className="font-semibold text-primary tabular-nums underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
            >
              {formatCount(waiting)} waiting
            </Link>
          ) : (
            <span className="text-muted-foreground">nothing waits</span>
          )}
        </li>
      ))}
    </ul>
  );
}
