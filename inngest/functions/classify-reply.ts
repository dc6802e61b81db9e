import { classifyEmail, type Verdict } from "@/lib/replies/classify-email";
import { classifyOrHold } from "@/lib/replies/hold-for-agents";
import {
  approvedVerdict,
  emailRunKey,
  goesToPerson,
  isClassificationInPlan,
  proposeClassification,
} from "@/lib/replies/propose-classification";
import { readByRules } from "@/lib/replies/read-by-rules";
import { routeEmail } from "@/lib/replies/route-email";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { emailSynced } from "../events";
import { type Step, waitForDecision } from "../wait-for-decision";
import { whenAgentsRun } from "../when-agents-run";

/**
 * The response loop for one mail. What rules decide is done in the first step; what they leave open is asked of the agent, of
 * a person where the checkpoint says so, and then routed.
 */
export const classifyReply = inngest.createFunction(
  { id: "classify-reply", triggers: [emailSynced], concurrency: [{ limit: 4 }], retries: 2 },
  async ({ event, step, runId }) => {
    const { emailId } = event.data;
    if (env().DRY_RUN) return { dryRun: "nothing is routed in a dry run" };
    const first = await step.run("read by rules", () => readByRules(emailId, runId));
    if (first.outcome === "taken") return { outcome: "somebody else has it" };
    if (first.outcome === "routed") return first.routed;
    const verdict = (await step.run("classify", () => classifyOrHold(emailId))) as Verdict | null;
    if (!verdict) return { outcome: "waits for the classifier" };
    const agreed = await agreeOnVerdict(step, emailId, verdict);
    return step.run("route", () => routeEmail(emailId, agreed));
  },
);

async function agreeOnVerdict(step: Step, emailId: string, first: Verdict): Promise<Verdict> {
  if (first.decidedBy === "rules") return first;
  // In auto a person reads what the agent was not sure of among the replies; it is not asked about twice.
  if (goesToPerson(first) && !(await step.run("read the mode", () => isClassificationInPlan()))) return first;
  let verdict = first;
  for (let revision = 1; ; revision++) {
    const shown = verdict;
    const asked = await step.run(`propose verdict ${revision}`, () =>
      proposeClassification(emailId, shown, revision),
    );
    if (asked === "auto") return verdict;
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
    verdict = await whenAgentsRun(step, `classify again ${revision}`, () =>
      classifyEmail(emailId, { waitForAgents: true }),
    );
  }
}
