import Link from "next/link";
import { formatPercent } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import { sayJudged } from "./trust-words";

interface EvidenceListProps {
  readonly rows: readonly {
    readonly id: number;
    readonly outcome: string;
    readonly changed_bps: number;
    readonly source: string;
    readonly judged_by: string;
    readonly at: string;
    readonly approval_id: string | null;
    readonly email_id: string | null;
    readonly approval_queue: { readonly title: string } | null;
    readonly synced_emails: { readonly subject: string } | null;
  }[];
}

/** What people judged, newest first; each leads to the thing itself. */
export function EvidenceList({ rows }: EvidenceListProps) {
  return (
    <ul className="divide-y">
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            href={row.approval_id ? `/approvals/${row.approval_id}` : `/replies/${row.email_id}?tab=all`}
            className="grid gap-0.5 px-4 py-2.5 hover:bg-accent"
          >
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-semibold">{sayJudged(row.source, row.outcome)}</span>
              {row.changed_bps > 0 && (
                <span className="text-muted-foreground">
                  {formatPercent(row.changed_bps / 10_000, 0)} of fields changed
                </span>
              )}
              <span className="ml-auto text-xs text-muted-foreground">
                {row.judged_by} · <Time iso={row.at} />
              </span>
            </span>
            <span className="min-w-0 break-words text-muted-foreground">
              {row.approval_queue?.title ?? row.synced_emails?.subject ?? "(no subject)"}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
