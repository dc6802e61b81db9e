"use server";

import { revalidatePath } from "next/cache";
import { after } from "next/server";
import { z } from "zod";
import * as preview from "@/lib/outreach/count-preview";
import { actionFor } from "@/lib/server/action-for";
import { Refused } from "@/lib/server/refused";

/** Asks CoStar how many properties each payload of an approval finds. */
export const countPayloads = actionFor(
  "operator",
  z.object({ approvalId: z.uuid() }),
  async ({ approvalId }, { db }) => {
    const problem = await preview.countApproval(db, approvalId);
    revalidatePath(`/approvals/${approvalId}`);
    if (problem) throw Refused.fields([{ path: "costar", message: problem }]);
    return true;
  },
);

/** Begins to sign in to CoStar; the page shows how it goes. */
export const connectForCounts = actionFor("operator", z.object({}), async () => {
  after(() => preview.connectForCounts());
  return true;
});

/** Calls off a sign-in begun for counts. */
export const cancelConnecting = actionFor("operator", z.object({}), async () => {
  preview.cancelConnecting();
  return true;
});
