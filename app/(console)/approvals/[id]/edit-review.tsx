import Link from "next/link";
import { DecisionPanel } from "@/components/approvals/decision-panel";
import { EditedMails } from "@/components/campaigns/edited-mails";
import { formatCount } from "@/components/format/numbers";
import { Time } from "@/components/format/time";
import { Section } from "@/components/page/section";
import { Stat, StatGrid } from "@/components/page/stat";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { Approval } from "@/lib/approvals/get-approval";
import type { EditProposal } from "@/lib/campaigns/edits/edit-proposal";
import { loadEdit, loadEditedMails } from "@/lib/campaigns/edits/load-edit";
import { planViewSchema } from "@/lib/campaigns/plan-view";
import type { Db } from "@/lib/db/client-options";
import { decide, snooze } from "../actions";

interface EditReviewProps {
  readonly db: Db;
  readonly approval: Approval;
  readonly proposal: EditProposal;
  readonly view: Readonly<Record<string, string | undefined>>;
}

/** The evidence for changed mails of a running campaign: how many, what changes, and each mail before and after. */
export async function EditReview({ db, approval, proposal, view }: EditReviewProps) {
  const { campaignId, revision, summary, timeZone } = proposal;
  const { contact } = planViewSchema.parse(view);
  const [edit, mails] = await Promise.all([
    loadEdit(db, campaignId, revision),
    loadEditedMails(db, campaignId, revision, contact),
  ]);
  const path = `/approvals/${approval.id}`;
  const kept = Object.entries(summary.kept);
  return (
    <>
      <Section title="What changes" frame="card">
        <ul className="list-disc pl-4">
          {proposal.notes.map((note) => (
            <li key={note} className="break-words">
              {note}
            </li>
          ))}
        </ul>
      </Section>
      {edit?.status === "applied" && (
        <Alert variant="info" className="mb-6">
          <AlertTitle>Done</AlertTitle>
          <AlertDescription>
            {formatCount(edit.applied_mails)} mails were changed
            {edit.left_mails ? `; ${formatCount(edit.left_mails)} had left or were about to, and stayed` : ""}
            . <Link href={`/campaigns/${campaignId}`}>The campaign</Link>
          </AlertDescription>
        </Alert>
      )}
      <Section title="How much">
        <StatGrid>
          <Stat
            label="Mails"
            value={formatCount(summary.mails)}
            hint={`to ${formatCount(summary.contacts)} contacts`}
          />
          <Stat label="Rewritten" value={formatCount(summary.rewritten)} />
          <Stat label="Moved" value={formatCount(summary.moved)} />
          <Stat
            label="Last of them"
            value={<Time iso={summary.lastAfter} zone={timeZone} show="absolute" />}
            hint={
              summary.lastAfter !== summary.lastBefore ? (
                <>
                  before: <Time iso={summary.lastBefore} zone={timeZone} show="absolute" />
                </>
              ) : undefined
            }
          />
        </StatGrid>
        {kept.length > 0 && (
          <p className="text-muted-foreground">
            Stay as they are:{" "}
            {kept.map(([reason, count]) => `${formatCount(count)} contacts (${reason})`).join("; ")}.
          </p>
        )}
      </Section>
      {mails && mails.mails.length > 0 && edit?.status !== "applied" && (
        <Section title="Every mail, before and after">
          <EditedMails
            {...mails}
            previousHref={mails.previous && `${path}?contact=${mails.previous}`}
            nextHref={mails.next && `${path}?contact=${mails.next}`}
          />
        </Section>
      )}
      {approval.status === "pending" && (
        <DecisionPanel
          key={approval.content_hash}
          id={approval.id}
          contentHash={approval.content_hash}
          approveLabel={`Approve and change ${formatCount(summary.mails)} mails`}
          summary={approval.summary}
          feedbackHint="“Start next Tuesday, at most 100 a day, gaps 0/4/7”: the schedule's rules are applied and the change comes back as a new revision."
          afterApprove={`/campaigns/${campaignId}`}
          onDecide={decide}
          onSnooze={snooze}
        />
      )}
    </>
  );
}
