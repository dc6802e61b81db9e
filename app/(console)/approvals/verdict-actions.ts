"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { actionFor } from "@/lib/server/action-for";
import { giveVerdict, verdictSchema } from "@/lib/trust/give-verdict";

/** What a person says afterwards about something auto let through; a lost race comes back as an outcome. */
export const lookBack = actionFor(
  "operator",
  z.intersection(z.object({ id: z.uuid() }), verdictSchema),
  async ({ id, ...input }, { db }) => {
    const result = await giveVerdict(db, id, input);
    revalidatePath("/", "layout");
    return result;
  },
);
