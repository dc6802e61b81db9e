import { env } from "@/lib/config/env";
import { claimEmail, classifyEmail, type Verdict } from "@/lib/replies/classify-email";
import {
  approvedVerdict,
  emailRunKey,
  isClassificationInPlan,
  proposeClassification,
} from "@/lib/replies/propose-classification";
import { routeEmail } from "@/lib/replies/route-email";
import { inngest } from "../client";
import { emailSynced } from "../events";
import { type Step, waitForDecision } from "../wait-for-decision";

/** The response loop for one mail: claim, classify, ask a person where the checkpoint says so, route. */
export const classifyReply = inngest.createFunction(
  { id: "classify-reply", triggers: [emailSynced], concurrency: [{ limit: 4 }], retries: 2 },
  async ({ event, step }) => {
    const { emailId } = event.data;
    if (env().DRY_RUN) return { dryRun: "nothing is routed in a dry run" };
    if (!(await step.run("claim", () => claimEmail(emailId)))) return { outcome: "somebody else has it" };
    const verdict = (await step.run("classify", () => classifyEmail(emailId))) as Verdict;
    const agreed = await agreeOnVerdict(step, emailId, verdict);
    return step.run("route", () => routeEmail(emailId, agreed));
  },
);

async function agreeOnVerdict(step: Step, emailId: string, first: Verdict): Promise<Verdict> {
  if (first.decidedBy === "rules") return first;
  if (!(await step.run("read the mode", () => isClassificationInPlan()))) return first;
  let verdict = first;
  for (let revision = 1; ; revision++) {
    const shown = verdict;
    await step.run(`propose verdict ${revision}`, () => proposeClassification(emailId, shown, revision));
    const decision = await waitForDecision(step, emailRunKey(emailId), "classification", String(revision));
    if (decision.status === "approved") return approvedVerdict(verdict, decision);
    if (decision.status === "rejected")
      return {
        ...verdict,
        confidence: 0,
        reason: decision.feedback ?? verdict.reason,
        details: { toPerson: true },
      };
    // The person's words are a learning by now, so the next reading has them in its prompt.
    verdict = (await step.run(`classify again ${revision}`, () => classifyEmail(emailId))) as Verdict;
  }
}
