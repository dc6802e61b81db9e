"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import {
  answerTemplateSchema,
  moveAnswerTemplate,
  retireAnswerTemplate,
  saveAnswerTemplate,
} from "@/lib/replies/answer-templates";
import { CATEGORIES } from "@/lib/replies/classification";
import { routingChangesSchema, updateRoutingRule } from "@/lib/replies/update-routing-rule";
import { actionFor } from "@/lib/server/action-for";

export const updateRule = actionFor(
  "operator",
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

export const saveTemplate = actionFor(
  "operator",
  z.object({ id: z.uuid().nullable(), ...answerTemplateSchema.shape }),
  async ({ id, ...template }, { db }) => {
    const saved = await saveAnswerTemplate(db, id, template);
    revalidatePath("/settings/replies");
    return { id: saved };
  },
);

export const retireTemplate = actionFor(
  "operator",
  z.object({ id: z.uuid(), retired: z.boolean() }),
  async ({ id, retired }, { db }) => {
    const changed = await retireAnswerTemplate(db, id, retired);
    revalidatePath("/settings/replies");
    return { changed };
  },
);

export const moveTemplate = actionFor(
  "operator",
  z.object({ id: z.uuid(), up: z.boolean() }),
  async ({ id, up }, { db }) => {
    const moved = await moveAnswerTemplate(db, id, up);
    revalidatePath("/settings/replies");
    return { moved };
  },
);
