import Link from "next/link";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type SearchApprovalView = {
  id: string;
  checkpoint: string;
  revision: number;
  status: string;
  requestedAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
  feedback: string | null;
};

const TITLES: Readonly<Record<string, string>> = {
  sourcing: "Payloads",
  extraction: "Extraction",
  campaign: "Campaign",
};

/** Everything a person was, or is, asked about a search. */
export function ApprovalList({ items }: { items: readonly SearchApprovalView[] }) {
  return (
    <ul className="divide-y">
      {items.map((item) => (
        <li key={item.id} className="grid gap-1 px-4 py-2">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link
              href={`/approvals/${item.id}`}
              className="inline-flex items-center font-semibold underline-offset-4 hover:underline touch:min-h-11"
            >
              {TITLES[item.checkpoint] ?? item.checkpoint}
              {item.revision > 1 && `, revision ${item.revision}`}
            </Link>
            <StatusBadge of="approval" status={item.status} />
          </span>
          <span className="text-xs text-muted-foreground">
            {item.decidedAt ? (
              <>
                {item.decidedBy === "auto" ? "automatically" : `by ${item.decidedBy}`},{" "}
                <Time iso={item.decidedAt} />
              </>
            ) : (
              <>
                asked <Time iso={item.requestedAt} />
              </>
            )}
          </span>
          {item.feedback && <q className="text-sm break-words whitespace-pre-line">{item.feedback}</q>}
        </li>
      ))}
    </ul>
  );
}
