"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { operatorAction } from "@/lib/actions/operator-action";
import { CATEGORIES } from "@/lib/replies/classification";
import { routingChangesSchema, updateRoutingRule } from "@/lib/replies/update-routing-rule";

export const updateRule = operatorAction(
  z.object({
    category: z.enum(CATEGORIES),
    changes: routingChangesSchema,
    reason: z.string().trim().max(300).optional(),
  }),
  async ({ category, changes, reason }, { db }) => {
    await updateRoutingRule(db, category, changes, reason);
    revalidatePath("/settings/replies");
    revalidatePath("/replies", "layout");
  },
);
