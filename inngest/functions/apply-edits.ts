import { cron } from "inngest";
import { answerEdit, findDecidedEdits } from "@/lib/campaigns/edits/answer-edits";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { approvalDecided } from "../events";

/** Carries out decided changes of running campaigns: at once when the decision is heard, within a minute when it is not. */
export const applyEdits = inngest.createFunction(
  {
    id: "apply-edits",
    triggers: [approvalDecided, cron("* * * * *")],
    concurrency: [{ limit: 1 }],
    retries: 3,
  },
  async ({ step }) => {
    if (env().DRY_RUN) return { dryRun: "no mail is changed in a dry run" };
    const decided = await step.run("find decided edits", () => findDecidedEdits());
    const outcomes: string[] = [];
    for (const edit of decided)
      outcomes.push(await step.run(`answer edit ${edit.approvalId}`, () => answerEdit(edit)));
    return { outcomes };
  },
);
