"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { keepBothLearnings, rewriteLearnings, setLearning } from "@/lib/agents/learnings/change-learning";
import { LEARNING_STATUSES } from "@/lib/agents/learnings/list-learnings";
import { noteResults } from "@/lib/agents/learnings/note-results";
import { actionFor } from "@/lib/server/action-for";

const words = z.string().trim().min(1, "Say it in words.").max(2000, "Keep it under 2,000 characters.");
const refresh = () => revalidatePath("/settings/learnings", "layout");

export const changeLearning = actionFor(
  "operator",
  z.object({ id: z.uuid(), pinned: z.boolean(), status: z.enum(LEARNING_STATUSES) }),
  async ({ id, pinned, status }, { db }) => {
    await setLearning(db, id, pinned, status);
    refresh();
  },
);

/** One id edits a learning; several merge into one. */
export const rewrite = actionFor(
  "operator",
  z.object({
    ids: z.array(z.uuid()).min(1).max(20, "Merge at most 20 at a time."),
    words,
    tags: z.array(z.string().trim().min(1).max(80)).max(30),
  }),
  async ({ ids, words, tags }, { db }) => {
    const made = await rewriteLearnings(db, ids, words, tags);
    refresh();
    return made;
  },
);

export const keepBoth = actionFor(
  "operator",
  z.object({ one: z.uuid(), other: z.uuid() }),
  async ({ one, other }, { db }) => {
    await keepBothLearnings(db, one, other);
    refresh();
  },
);

/** Words about what a search found; every later search that fits carries them. */
export const noteSearchResults = actionFor(
  "operator",
  z.object({ searchId: z.uuid(), words }),
  async ({ searchId, words }, { db }) => {
    const id = await noteResults(db, searchId, words);
    revalidatePath(`/searches/${searchId}`);
    return { id };
  },
);
