import { DecisionPanel } from "@/components/approvals/decision-panel";
import { formatCount } from "@/components/words/numbers";
import type { Approval } from "@/lib/approvals/get-approval";
import { campaignProposalSchema } from "@/lib/approvals/proposals";
import { editProposalSchema } from "@/lib/campaigns/edits/edit-proposal";
import { loadCampaign } from "@/lib/campaigns/load-plan";
import type { PlanView } from "@/lib/campaigns/plan-view";
import type { Db } from "@/lib/server/client-options";
import { PlanOfCampaign } from "../../campaigns/_plan/plan-of-campaign";
import { decide, snooze } from "../actions";
import { EditReview } from "./edit-review";

interface CampaignReviewProps {
  readonly db: Db;
  readonly approval: Approval;
  readonly view: PlanView;
}

/** The evidence for a campaign: the plan itself, changeable until it is approved as it stands. */
export async function CampaignReview({ db, approval, view }: CampaignReviewProps) {
  const edit = editProposalSchema.safeParse(approval.proposal);
  if (edit.success) return <EditReview db={db} approval={approval} proposal={edit.data} view={view} />;
  const proposal = campaignProposalSchema.parse(approval.proposal);
  const campaign = await loadCampaign(db, proposal.campaignId);
  if (!campaign) return null;
  const isCurrent = campaign.plan_revision === proposal.planRevision;
  const isPending = approval.status === "pending" && isCurrent;
  return (
    <>
      {proposal.notes.length > 0 && !isCurrent && (
        <ul className="mb-6 list-disc pl-4 text-muted-foreground">
          {proposal.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {isCurrent ? (
        <PlanOfCampaign
          db={db}
          campaign={campaign}
          totals={proposal.totals}
          view={view}
          path={`/approvals/${approval.id}`}
          canChange={isPending}
          notes={proposal.notes}
        />
      ) : (
        <p className="text-muted-foreground">What this plan was is not kept; the newest one is.</p>
      )}
      {isPending && (
        <DecisionPanel
          key={approval.content_hash}
          id={approval.id}
          contentHash={approval.content_hash}
          approveLabel={`Approve and schedule ${formatCount(proposal.totals.sends)} mails`}
          summary={approval.summary}
          feedbackHint="“Skip brokers, start next Tuesday, softer second mail, only between 10 and 3, at most 100 a day, gaps 0/4/7”: the schedule's rules are applied and the plan comes back as a new revision."
          backToSourcing="These are not the owners that were wanted: with your words, have the payloads changed and extracted again before any plan. Contacts that only the old payloads found are left out."
          afterApprove={`/campaigns/${campaign.id}`}
          onDecide={decide}
          onSnooze={snooze}
        />
      )}
    </>
  );
}
