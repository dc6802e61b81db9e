import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Decided } from "@/components/approvals/decided";
import { PageHeader } from "@/components/shell/page-header";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { getApproval } from "@/lib/approvals/get-approval";
import { checkpointSchema } from "@/lib/approvals/proposals";
import { planViewSchema } from "@/lib/campaigns/plan-view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { reopen } from "../actions";
import { CampaignReview } from "./campaign-review";
import { ClassificationReview } from "./classification-review";
import { LookBack } from "./look-back";
import { PayloadReview } from "./payload-review";

export const metadata: Metadata = { title: "Approval" };

/** One decision: what will happen in a sentence, then the evidence, then the buttons. */
export default async function ApprovalPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
}) {
  const { db } = await requireOperator();
  const found = await getApproval(db, (await params).id);
  if (!found) notFound();
  const { approval, earlier, newest } = found;
  const checkpoint = checkpointSchema.parse(approval.checkpoint);
  return (
    <>
      <PageHeader
        above={
          <Link href="/" className="text-sm text-muted-foreground">
            ← Queue
          </Link>
        }
        title={approval.title}
        aside={<StatusBadge of="approval" status={approval.status} />}
        description={
          <>
            <p className="text-base text-foreground">{approval.summary}</p>
            <p className="mt-1 text-xs">
              {approval.checkpoint} checkpoint · revision {approval.revision} · asked{" "}
              <Time iso={approval.requested_at} />
              {approval.search_id && (
                <>
                  {" "}
                  · <Link href={`/searches/${approval.search_id}`}>the search</Link>
                </>
              )}
            </p>
            {approval.mode_reason && (
              <p className="mt-1 text-xs break-words">
                {approval.mode === "auto" ? "Let through by auto, because" : "A person is asked, because"}{" "}
                {approval.mode_reason}.
              </p>
            )}
          </>
        }
      />
      {approval.status !== "pending" && <Decided approval={approval} newest={newest} onReopen={reopen} />}
      {checkpoint === "campaign" && (
        <CampaignReview db={db} approval={approval} view={await readQuery(searchParams, planViewSchema)} />
      )}
      {checkpoint === "classification" && <ClassificationReview db={db} approval={approval} />}
      {(checkpoint === "sourcing" || checkpoint === "extraction") && (
        <PayloadReview db={db} approval={approval} earlier={earlier} checkpoint={checkpoint} />
      )}
      <LookBack db={db} approval={approval} />
    </>
  );
}
