import { PayloadCard } from "@/components/approvals/payload-card";
import { PayloadDecision } from "@/components/approvals/payload-decision";
import { RevisionDiff } from "@/components/approvals/revision-diff";
import { CountPayloads } from "@/components/costar/count-payloads";
import { PayloadCount } from "@/components/costar/payload-count";
import { ImportInstead } from "@/components/imports/import-instead";
import { Section } from "@/components/shell/section";
import { describePayloads, loadInjectedLearnings } from "@/lib/approvals/describe-approval";
import type { Approval } from "@/lib/approvals/get-approval";
import { loadCountPreview } from "@/lib/outreach/count-preview";
import type { Db } from "@/lib/server/client-options";
import { decide, snooze } from "../actions";
import { cancelConnecting, connectForCounts, countPayloads } from "../count-actions";

interface PayloadReviewProps {
  readonly db: Db;
  readonly approval: Approval;
  readonly earlier: readonly Approval[];
  readonly checkpoint: "sourcing" | "extraction";
}

/** The evidence for payloads: strategy, what changed, each payload in words, and which learnings shaped them. */
export async function PayloadReview({ db, approval, earlier, checkpoint }: PayloadReviewProps) {
  const [described, learnings, preview] = await Promise.all([
    describePayloads(db, approval, earlier),
    loadInjectedLearnings(db, approval.agent_run_id),
    loadCountPreview(db, approval),
  ]);
  return (
    <>
      {described.diff && <RevisionDiff {...described.diff} />}
      <Section title="Strategy">
        <p className="max-w-prose">{described.strategy}</p>
        {learnings.length > 0 && (
          <details className="text-sm">
            <summary className="cursor-pointer text-muted-foreground">
              {learnings.length} learning{learnings.length === 1 ? "" : "s"} from past runs were in the prompt
            </summary>
            <ul className="mt-2 grid gap-1">
              {learnings.map((learning) => (
                <li key={learning.feedback_id}>{learning.line.replace(/^- /, "")}</li>
              ))}
            </ul>
          </details>
        )}
      </Section>
      <Section title="Payloads" description="Each is one CoStar search; together they are what will run.">
        {approval.status === "pending" && (
          <CountPayloads
            approvalId={approval.id}
            missing={preview.counts.filter((count) => count === null).length}
            canConnect={preview.canConnect}
            session={preview.session}
            onCount={countPayloads}
            onConnect={connectForCounts}
            onCancel={cancelConnecting}
          />
        )}
        <div className="grid gap-4 lg:grid-cols-2">
          {described.payloads.map((payload, index) => (
            <PayloadCard
              key={payload.title}
              number={index + 1}
              {...payload}
              count={<PayloadCount count={preview.counts[index] ?? null} />}
            />
          ))}
        </div>
      </Section>
      {approval.status === "pending" && checkpoint === "extraction" && approval.search_id && (
        <ImportInstead searchId={approval.search_id} />
      )}
      {approval.status === "pending" && (
        <PayloadDecision
          key={approval.content_hash}
          id={approval.id}
          contentHash={approval.content_hash}
          checkpoint={checkpoint}
          searchId={approval.search_id}
          summary={approval.summary}
          payloadsJson={described.json}
          payloadCount={described.payloads.length}
          onDecide={decide}
          onSnooze={snooze}
        />
      )}
    </>
  );
}
