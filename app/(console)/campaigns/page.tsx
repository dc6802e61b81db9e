import { MegaphoneIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { campaignFilterSchema, listCampaigns } from "@/lib/campaigns/list-campaigns";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Campaigns" };

const TABS = [
  ["All", undefined],
  ["Waiting", "awaiting_approval"],
  ["Active", "active"],
  ["Paused", "paused"],
  ["Completed", "completed"],
] as const;

/** Every campaign, newest first, with how its mails stand. */
export default async function CampaignsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const filter = await readQuery(searchParams, campaignFilterSchema);
  const { items, nextCursor } = await listCampaigns(db, filter);
  const href = (status: string | undefined, cursor?: string) => {
    const query = new URLSearchParams({ ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) });
    return query.size > 0 ? `/campaigns?${query}` : "/campaigns";
  };
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="Who is mailed, how far each sequence is, and what stopped."
        actions={
          <Button asChild variant="outline">
            <Link href="/campaigns/dry-run">What would leave</Link>
          </Button>
        }
      />
      <FilterTabs
        label="Status"
        tabs={TABS.map(([label, status]) => ({
          label,
          href: href(status),
          active: filter.status === status,
        }))}
      />
      {items.length === 0 ? (
        <EmptyState icon={MegaphoneIcon} title="No campaign here">
          A campaign is planned when a search&rsquo;s extraction is done.{" "}
          <Link href="/searches">See the searches</Link>
        </EmptyState>
      ) : (
        <div className="overflow-x-auto rounded-lg border bg-card">
          <Table>
            <TableHeader>
              <TableRow>
                <TableHead>Campaign</TableHead>
                <TableHead>Status</TableHead>
                <TableHead numeric>Sent</TableHead>
                <TableHead numeric>Scheduled</TableHead>
                <TableHead>Started</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {items.map((item) => (
                <TableRow key={item.id}>
                  <TableCell>
                    <Link href={`/campaigns/${item.id}`} className="font-semibold">
                      {item.name}
                    </Link>
                    <span className="block text-xs text-muted-foreground">
                      for {item.searches.buyer_name}
                    </span>
                  </TableCell>
                  <TableCell>
                    <StatusBadge of="campaign" status={item.status} />
                    {item.status_reason && (
                      <span className="block text-xs text-muted-foreground">
                        {item.auto_paused && "Paused itself: "}
                        {item.status_reason}
                      </span>
                    )}
                  </TableCell>
                  <TableCell numeric>{formatCount(item.sends.sent)}</TableCell>
                  <TableCell numeric>{formatCount(item.sends.scheduled)}</TableCell>
                  <TableCell>
                    <Time iso={item.activated_at} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      <PaginationByKey
        previousHref={filter.cursor ? href(filter.status) : null}
        nextHref={nextCursor ? href(filter.status, nextCursor) : null}
        label="Campaigns"
      />
    </>
  );
}
