import { VerdictGiven } from "@/components/approvals/verdict-given";
import { VerdictPanel } from "@/components/approvals/verdict-panel";
import { loadRoutingRules } from "@/lib/approvals/describe-approval";
import type { Approval } from "@/lib/approvals/get-approval";
import { classificationProposalSchema } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/server/client-options";
import { lookBack } from "../verdict-actions";

/** On what auto let through: the verdict that was given, or the place to give it. */
export async function LookBack({ db, approval }: { db: Db; approval: Approval }) {
  if (approval.mode !== "auto" || approval.status !== "approved") return null;
  if (approval.verdict)
    return (
      <VerdictGiven
        verdict={approval.verdict}
        by={approval.verdict_by}
        at={approval.verdict_at}
        words={approval.verdict_words}
      />
    );
  const proposal =
    approval.checkpoint === "classification"
      ? classificationProposalSchema.safeParse(approval.proposal)
      : null;
  return (
    <VerdictPanel
      id={approval.id}
      checkpoint={approval.checkpoint}
      filed={
        proposal?.success
          ? { category: proposal.data.category, categories: await loadRoutingRules(db) }
          : undefined
      }
      onVerdict={lookBack}
    />
  );
}
