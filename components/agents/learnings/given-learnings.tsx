import Link from "next/link";
import { Badge } from "@/components/ui/badge";

interface GivenLearningsProps {
  readonly learnings: readonly {
    readonly feedback_id: string;
    readonly line: string;
    readonly status: string;
    readonly pinned: boolean;
    readonly became: string | null;
    readonly adjustment: string | null;
    /** Null unless this run is the revision those words asked for. */
    readonly applied: boolean | null;
  }[];
}

/** The learnings that stood in a run's prompt, word for word, and for a revision which of them show in it. */
export function GivenLearnings({ learnings }: GivenLearningsProps) {
  return (
    <ul className="overflow-hidden rounded-lg border bg-card">
      {learnings.map(({ feedback_id, line, status, pinned, became, adjustment, applied }) => (
        <li key={feedback_id} className="border-b last:border-0">
          <Link
            href={`/settings/learnings/${feedback_id}`}
            className="grid min-h-11 gap-1 px-4 py-2 -outline-offset-2 hover:bg-muted/60"
          >
            <span className="min-w-0 break-words">{line.replace(/^- /, "")}</span>
            <span className="flex flex-wrap items-center gap-2 empty:hidden">
              {applied !== null && (
                <Badge variant={applied ? "positive" : "attention"}>
                  {applied ? "Visibly applied" : "Asked for it, nothing shows"}
                </Badge>
              )}
              {applied && adjustment && (
                <span className="min-w-0 text-xs break-words text-muted-foreground">{adjustment}</span>
              )}
              {pinned && <Badge variant="info">Pinned</Badge>}
              {status === "retired" && (
                <Badge variant="secondary">{became ? "Rewritten since" : "Retired since"}</Badge>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
