"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { liftDoNotContact } from "@/lib/replies/lift-do-not-contact";
import { operatorAction } from "@/lib/server/operator-action";

/** Lets a person or a company be contacted again; the database allows it to admins only, with a reason. */
export const liftBar = operatorAction(
  z.object({
    kind: z.enum(["contact", "company"]),
    id: z.uuid(),
    reason: z.string().trim().min(1, "Say why they may be contacted again.").max(500),
  }),
  async ({ kind, id, reason }, { db }) => {
    const lifted = await liftDoNotContact(db, kind, id, reason);
    revalidatePath("/contacts", "layout");
    return lifted;
  },
);
