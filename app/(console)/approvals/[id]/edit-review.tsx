import Link from "next/link";
import { DecisionPanel } from "@/components/approvals/decision-panel";
import { EditedMails } from "@/components/campaigns/edited-mails";
import { Section } from "@/components/shell/section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { Approval } from "@/lib/approvals/get-approval";
import type { EditProposal, EditSummary } from "@/lib/campaigns/edits/edit-proposal";
import { loadEdit, loadEditedMails, loadLeftOut } from "@/lib/campaigns/edits/load-edit";
import type { PlanView } from "@/lib/campaigns/plan-view";
import type { Db } from "@/lib/server/client-options";
import { decide, snooze } from "../actions";

interface EditReviewProps {
  readonly db: Db;
  readonly approval: Approval;
  readonly proposal: EditProposal;
  readonly view: PlanView;
}

/** The evidence for changed mails of a running campaign: how many, what changes, and each mail before and after. */
export async function EditReview({ db, approval, proposal, view }: EditReviewProps) {
  const { campaignId, revision, summary, timeZone } = proposal;
  const { contact } = view;
  const [edit, leftOut, mails] = await Promise.all([
    loadEdit(db, campaignId, revision),
    loadLeftOut(db, campaignId, revision),
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
            <p>
              {formatCount(edit.applied_mails)} {edit.applied_mails === 1 ? "mail was" : "mails were"} changed
              {edit.left_mails
                ? `; ${formatCount(edit.left_mails)} had left or were about to, and stayed`
                : ""}
              {summary.leftOut > 0 &&
                `; ${formatCount(summary.leftOut)} ${summary.leftOut === 1 ? "contact gets" : "contacts get"} nothing more`}
              .{" "}
              <Link href={`/campaigns/${campaignId}`} className="underline underline-offset-2">
                Open the campaign
              </Link>
            </p>
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
          {summary.leftOut > 0 && (
            <Stat
              label="Left out"
              value={formatCount(summary.leftOut)}
              hint={`${formatCount(summary.leftOutMails)} mails cancelled`}
            />
          )}
          <Stat
            label="Last of them"
            value={<Time iso={summary.lastAfter} zone={timeZone} show="absolute" />}
            hint={
              summary.lastAfter?.slice(0, 16) !== summary.lastBefore?.slice(0, 16) ? (
                <>
                  before: <Time iso={summary.lastBefore} zone={timeZone} show="absolute" />
                </>
              ) : undefined
            }
          />
        </StatGrid>
        {leftOut.length > 0 && (
          <details open={leftOut.length <= 5}>
            <summary className="cursor-pointer font-semibold tabular-nums touch:min-h-11 touch:content-center">
              Get nothing more of this campaign: {formatCount(summary.leftOut)}
            </summary>
            <ul className="mt-1 grid gap-0.5">
              {leftOut.map((contact) => (
                <li key={contact.id} className="break-words">
                  {contact.full_name}
                  {contact.title && <span className="text-muted-foreground"> · {contact.title}</span>}
                </li>
              ))}
              {summary.leftOut > leftOut.length && (
                <li className="text-muted-foreground">
                  and {formatCount(summary.leftOut - leftOut.length)} more
                </li>
              )}
            </ul>
          </details>
        )}
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
          approveLabel={approveLabel(summary)}
          summary={approval.summary}
          feedbackHint="“Skip brokers, start next Tuesday, softer second mail, only between 10 and 3, at most 100 a day”: the schedule's rules are applied and the change comes back as a new revision."
          afterApprove={`/campaigns/${campaignId}`}
          onDecide={decide}
          onSnooze={snooze}
        />
      )}
    </>
  );
}

function approveLabel({ mails, leftOut }: EditSummary): string {
  const count = (number: number, noun: string) => `${formatCount(number)} ${noun}${number === 1 ? "" : "s"}`;
  const acts = [
    ...(mails > 0 ? [`change ${count(mails, "mail")}`] : []),
    ...(leftOut > 0 ? [`leave out ${count(leftOut, "contact")}`] : []),
  ];
  return `Approve and ${acts.join(", ")}`;
}
