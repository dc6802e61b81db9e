import { ClassificationDecision } from "@/components/approvals/classification-decision";
import { KeyValueList } from "@/components/shell/key-value-list";
import { Section } from "@/components/shell/section";
import { formatPercent } from "@/components/words/numbers";
import { loadRoutingRules } from "@/lib/approvals/describe-approval";
import type { Approval } from "@/lib/approvals/get-approval";
import { classificationProposalSchema } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/server/client-options";
import { decide, snooze } from "../actions";

/** The evidence for one reply: the mail as text, and what the agent made of it. */
export async function ClassificationReview({ db, approval }: { db: Db; approval: Approval }) {
  const proposal = classificationProposalSchema.parse(approval.proposal);
  const rules = await loadRoutingRules(db);
  return (
    <>
      <Section title="The mail" frame="card">
        <KeyValueList
          items={[
            { key: "From", value: proposal.from },
            { key: "Subject", value: proposal.subject },
          ]}
        />
        <p className="mt-3 max-w-prose break-words whitespace-pre-wrap">{proposal.text}</p>
      </Section>
      <Section title="What the agent makes of it" frame="card">
        <KeyValueList
          items={[
            {
              key: "Category",
              value: rules.find((rule) => rule.category === proposal.category)?.title ?? proposal.category,
            },
            { key: "Confidence", value: formatPercent(proposal.confidence, 0) },
            { key: "Why", value: proposal.reason },
          ]}
        />
      </Section>
      {approval.status === "pending" && (
        <ClassificationDecision
          id={approval.id}
          contentHash={approval.content_hash}
          summary={approval.summary}
          category={proposal.category}
          categories={rules}
          onDecide={decide}
          onSnooze={snooze}
        />
      )}
    </>
  );
}
