"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { searchCreated } from "@/inngest/events";
import { operatorAction } from "@/lib/actions/operator-action";
import { acceptSearch } from "@/lib/replies/proposals";
import { createSearch } from "@/lib/searches/create-search";

const startSchema = z.object({
  proposalId: z.uuid(),
  criteria: z.unknown(),
  source: z.enum(["form", "file"]),
});

/** Starts the search a buyer's mail proposed, and notes on the proposal which one it became. */
export const startProposedSearch = operatorAction(
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
