"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { liftDoNotContact } from "@/lib/replies/lift-do-not-contact";
import { actionFor } from "@/lib/server/action-for";

/** Lets a person or a company be contacted again; an admin's to do, with a reason. */
export const liftBar = actionFor(
  "admin",
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
