import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CampaignControls } from "@/components/campaigns/campaign-controls";
import { SendTable } from "@/components/campaigns/send-table";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { formatCount } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { readStatus } from "@/components/words/status-words";
import { Time } from "@/components/words/time";
import { countSends, listSends, SEND_STATUSES, sendFilterSchema } from "@/lib/campaigns/list-sends";
import { loadCampaign } from "@/lib/campaigns/load-plan";
import { loadPlanTotals, pendingApprovalOf } from "@/lib/campaigns/load-plan-totals";
import { planViewSchema } from "@/lib/campaigns/plan-view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { EditUnsent } from "../_plan/edit-unsent";
import { PlanOfCampaign } from "../_plan/plan-of-campaign";
import { loadSendRows } from "../_plan/send-rows";
import { setStatus } from "../actions";

export const metadata: Metadata = { title: "Campaign" };

/** A campaign: its plan while it waits, its mails once it runs. */
export default async function CampaignPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
}) {
  const { db } = await requireOperator();
  const campaign = await loadCampaign(db, (await params).id);
  if (!campaign) notFound();
  const isRunning = campaign.activated_at !== null;
  const filter = await readQuery(searchParams, sendFilterSchema);
  const [allCounts, sends, totals, approvalId] = await Promise.all([
    countSends(db, [campaign.id]),
    isRunning ? listSends(db, filter, campaign.id) : { items: [], nextCursor: null },
    loadPlanTotals(db, campaign.id, campaign.plan_revision),
    pendingApprovalOf(db, campaign.id),
  ]);
  const rows = await loadSendRows(db, sends.items);
  const counts = allCounts.get(campaign.id) ?? {};
  const path = `/campaigns/${campaign.id}`;
  const href = (status?: string, cursor?: string) =>
    `${path}?${new URLSearchParams({ ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) })}`;
  return (
    <>
      <PageHeader
        above={
          <Link href="/campaigns" className="text-sm text-muted-foreground">
            ← Campaigns
          </Link>
        }
        title={campaign.name}
        aside={<StatusBadge of="campaign" status={campaign.status} />}
        description={
          <>
            {campaign.status_reason && (
              <p className={campaign.auto_paused ? "text-attention" : undefined}>
                {campaign.auto_paused && "Paused itself: "}
                {campaign.status_reason}
              </p>
            )}
            <p>
              For {campaign.searches.buyer_name} ·{" "}
              <Link href={`/searches/${campaign.searches.id}`}>the search</Link>
              {campaign.activated_at && (
                <>
                  {" "}
                  · started <Time iso={campaign.activated_at} />
                </>
              )}
            </p>
          </>
        }
        actions={
          <>
            {approvalId && (
              <Button asChild>
                <Link href={`/approvals/${approvalId}`}>
                  {isRunning ? "Review the changed mails" : "Review and approve"}
                </Link>
              </Button>
            )}
            <CampaignControls
              id={campaign.id}
              status={campaign.status}
              scheduled={counts.scheduled ?? 0}
              onSetStatus={setStatus}
            />
          </>
        }
      />
      {isRunning ? (
        <>
          <Section
            title="Mails"
            description={`${formatCount(counts.sent ?? 0)} of ${formatCount(Object.values(counts).reduce((sum, count) => sum + count, 0))} sent.`}
          >
            <FilterTabs
              label="Mails by status"
              tabs={[
                { label: "All", href: href(), active: !filter.status },
                ...SEND_STATUSES.filter((status) => counts[status] || filter.status === status).map(
                  (status) => ({
                    label: readStatus("send", status).text,
                    count: counts[status],
                    href: href(status),
                    active: filter.status === status,
                  }),
                ),
              ]}
            />
            {sends.items.length === 0 ? (
              <EmptyState title="No mail in this state">Choose another state above.</EmptyState>
            ) : (
              <SendTable sends={rows} />
            )}
            <PaginationByKey
              previousHref={filter.cursor ? href(filter.status) : null}
              nextHref={sends.nextCursor ? href(filter.status, sends.nextCursor) : null}
              label="Mails"
            />
          </Section>
          {(campaign.status === "active" || campaign.status === "paused") && (counts.scheduled ?? 0) > 0 && (
            <EditUnsent db={db} campaign={campaign} />
          )}
        </>
      ) : (
        totals && (
          <PlanOfCampaign
            db={db}
            campaign={campaign}
            totals={totals}
            view={await readQuery(searchParams, planViewSchema)}
            path={path}
            canChange={campaign.status === "awaiting_approval"}
          />
        )
      )}
    </>
  );
}
