"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { searchCreated } from "@/inngest/events";
import { createSearch } from "@/lib/searches/create-search";
import { actionFor } from "@/lib/server/action-for";

const startSchema = z.object({ criteria: z.unknown(), source: z.enum(["form", "file"]) });

/** Stores a search and sets the outreach loop going with it; answers its id. */
export const startSearch = actionFor("operator", startSchema, async ({ criteria, source }, { db }) => {
  const id = await createSearch(db, criteria, source);
  announce(searchCreated.create({ searchId: id }, { id: `search-${id}` }));
  revalidatePath("/searches");
  return { id };
});
