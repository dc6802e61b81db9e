"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { searchCreated } from "@/inngest/events";
import { acceptSearch } from "@/lib/replies/reply-proposals";
import { createSearch } from "@/lib/searches/create-search";
import { actionFor } from "@/lib/server/action-for";

const startSchema = z.object({
  proposalId: z.uuid(),
  criteria: z.unknown(),
  source: z.enum(["form", "file"]),
});

/** Starts the search a buyer's mail proposed, and notes on the proposal which one it became. */
export const startProposedSearch = actionFor(
  "operator",
  startSchema,
  async ({ proposalId, criteria, source }, { db }) => {
    const id = await createSearch(db, criteria, source);
    announce(searchCreated.create({ searchId: id }, { id: `search-${id}` }));
    await acceptSearch(db, proposalId, id);
    revalidatePath("/searches");
    revalidatePath("/replies", "layout");
    return { id };
  },
);
