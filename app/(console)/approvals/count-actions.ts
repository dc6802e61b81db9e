"use server";

import { revalidatePath } from "next/cache";
import { after } from "next/server";
import { z } from "zod";
import { BadDecisionError } from "@/lib/approvals/decide-approval";
import * as preview from "@/lib/outreach/count-preview";
import { operatorAction } from "@/lib/server/operator-action";

/** Asks CoStar how many properties each payload of an approval finds. */
export const countPayloads = operatorAction(
  z.object({ approvalId: z.uuid() }),
  async ({ approvalId }, { db }) => {
    const problem = await preview.countApproval(db, approvalId);
    revalidatePath(`/approvals/${approvalId}`);
    if (problem) throw new BadDecisionError([{ path: "costar", message: problem }]);
    return true;
  },
);

/** Begins to sign in to CoStar; the page shows how it goes. */
export const connectForCounts = operatorAction(z.object({}), async () => {
  after(() => preview.connectForCounts());
  return true;
});

/** Calls off a sign-in begun for counts. */
export const cancelConnecting = operatorAction(z.object({}), async () => {
  preview.cancelConnecting();
  return true;
});
