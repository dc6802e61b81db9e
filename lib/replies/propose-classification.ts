import "server-only";
import { z } from "zod";
import { type ClassificationProposal, classificationEditsSchema } from "@/lib/approvals/proposals";
import { propose } from "@/lib/approvals/propose";
import type { Decision } from "@/lib/approvals/read-decision";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { CATEGORIES, type Category } from "./classification";
import type { Verdict } from "./classify-email";

/** The run an approval about this mail belongs to. */
export function emailRunKey(emailId: string): string {
  return `email:${emailId}`;
}

/** Whether a person sees the agent's verdicts before anything is done about them. */
export async function isClassificationInPlan(): Promise<boolean> {
  const row = unwrap(
    await serviceDb().from("checkpoint_modes").select("mode").eq("checkpoint", "classification").single(),
  );
  return row.mode === "plan";
}

/** Whether a person reads this mail whatever the checkpoint's mode: the agent was not sure, or something is odd. */
export function goesToPerson(verdict: Verdict): boolean {
  return verdict.confidence < 0.7 || verdict.details.toPerson === true;
}

const agentRunOf = z.object({ agentRunId: z.uuid() });

/**
 * Asks whether the agent read this mail rightly. `auto` when the checkpoint's trust covers this very mail: then it is
 * recorded as approved, and a sample of those is looked back at.
 */
export async function proposeClassification(
  emailId: string,
  verdict: Verdict,
  revision: number,
): Promise<"asked" | "auto"> {
  const email = unwrap(
    await serviceDb()
      .from("synced_emails")
      .select("from_email, subject, visible_text, body_text")
      .eq("id", emailId)
      .single(),
  );
  const content: ClassificationProposal = {
    emailId,
    from: email.from_email ?? "an unknown sender",
    subject: email.subject,
    text: (email.visible_text || email.body_text).slice(0, 8000),
    category: verdict.category,
    confidence: verdict.confidence,
    reason: verdict.reason,
    facts: { ...verdict.details },
  };
  const run = agentRunOf.safeParse(verdict.details);
  const approval = await propose({
    runKey: emailRunKey(emailId),
    checkpoint: "classification",
    revision,
    title: `Reply: ${email.subject || "(no subject)"}`,
    summary: `Approving files this mail from ${content.from} as ${verdict.category.replaceAll("_", " ")} and does what that category does.`,
    content,
    emailId,
    agentRunId: run.success ? run.data.agentRunId : undefined,
    priority: 15,
  });
  return approval.mode === "auto" ? "auto" : "asked";
}

/** The verdict as a person approved it: their category where they changed it. */
export function approvedVerdict(verdict: Verdict, decision: Decision): Verdict {
  const edits = classificationEditsSchema.safeParse(decision.edits);
  const category = edits.success ? CATEGORIES.find((known) => known === edits.data.category) : undefined;
  return { ...verdict, category: (category ?? verdict.category) as Category, confidence: 1 };
}
