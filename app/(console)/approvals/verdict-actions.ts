"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { operatorAction } from "@/lib/server/operator-action";
import { giveVerdict, verdictSchema } from "@/lib/trust/give-verdict";

/** What a person says afterwards about something auto let through; a lost race comes back as an outcome. */
export const lookBack = operatorAction(
  z.intersection(z.object({ id: z.uuid() }), verdictSchema),
  async ({ id, ...input }, { db }) => {
    const result = await giveVerdict(db, id, input);
    revalidatePath("/", "layout");
    return result;
  },
);
