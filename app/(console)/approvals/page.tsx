import type { Metadata } from "next";
import Link from "next/link";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { approvalFilterSchema, listApprovals } from "@/lib/approvals/list-approvals";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Approvals" };

const TABS = [
  ["All", undefined],
  ["Approved", "approved"],
  ["Changes asked for", "changes_requested"],
  ["Rejected", "rejected"],
  ["Expired", "expired"],
  ["Look back", "look back"],
] as const;

/** Every approval there ever was, newest first. */
export default async function ApprovalsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const filter = await readQuery(searchParams, approvalFilterSchema);
  const { items, nextCursor } = await listApprovals(db, filter);
  const shown = filter.look ? "look back" : filter.status;
  const href = (tab: string | undefined, cursor?: string) => {
    const view: Record<string, string> = tab === "look back" ? { look: "back" } : tab ? { status: tab } : {};
    const query = new URLSearchParams({ ...view, ...(cursor ? { cursor } : {}) });
    return query.size > 0 ? `/approvals?${query}` : "/approvals";
  };
  return (
    <>
      <PageHeader title="Approvals" description="Every decision, who made it, and when." />
      <FilterTabs
        label="Status"
        tabs={TABS.map(([label, tab]) => ({ label, href: href(tab), active: shown === tab }))}
      />
      {items.length === 0 ? (
        <EmptyState title={filter.look ? "Nothing to look back at" : "No approval here"}>
          {filter.look
            ? "A share of what auto lets through is shown here for a verdict, so that trust keeps being measured."
            : "Decisions show up in this list once they are made."}
        </EmptyState>
      ) : (
        <div className="overflow-x-auto rounded-lg border bg-card">
          <Table>
            <TableHeader>
              <TableRow>
                <TableHead>What</TableHead>
                <TableHead>Checkpoint</TableHead>
                <TableHead>Status</TableHead>
                <TableHead>By</TableHead>
                <TableHead>When</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {items.map((item) => (
                <TableRow key={item.id}>
                  <TableCell>
                    <Link href={`/approvals/${item.id}`} className="font-semibold">
                      {item.title}
                    </Link>
                    {item.revision > 1 && (
                      <span className="text-muted-foreground"> · revision {item.revision}</span>
                    )}
                  </TableCell>
                  <TableCell>{item.checkpoint}</TableCell>
                  <TableCell>
                    <StatusBadge of="approval" status={item.status} />
                  </TableCell>
                  <TableCell>{item.decided_by ?? "–"}</TableCell>
                  <TableCell>
                    <Time iso={item.decided_at ?? item.requested_at} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      <PaginationByKey
        previousHref={filter.cursor ? href(shown) : undefined}
        nextHref={nextCursor ? href(shown, nextCursor) : undefined}
      />
    </>
  );
}
