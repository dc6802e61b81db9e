"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { approvalDecided, extractionAnswered, searchCreated } from "@/inngest/events";
import { answerExtraction } from "@/lib/searches/answer-extraction";
import { cancelSearch } from "@/lib/searches/cancel-search";
import { actionFor } from "@/lib/server/action-for";

/** Sets the outreach loop going again with a search that failed; it goes on where it stopped. */
export const retrySearch = actionFor("operator", z.uuid(), async (searchId) => {
  announce(searchCreated.create({ searchId }));
});

/** Tries a stopped extraction again, or gives an open one up; answers whether it was still there to answer. */
export const tellExtraction = actionFor(
  "operator",
  z.object({ extractionId: z.uuid(), answer: z.enum(["retry", "cancel"]) }),
  async ({ extractionId, answer }, { db }) => {
    const answered = await answerExtraction(db, extractionId, answer);
    announce(extractionAnswered.create({ extractionId }));
    revalidatePath("/searches/[id]", "page");
    return { answered };
  },
);

/** Ends a search for good, and tells every run that waits for it. */
export const endSearch = actionFor(
  "operator",
  z.object({
    searchId: z.uuid(),
    reason: z.string().trim().min(1, "Say why the search is cancelled.").max(500),
  }),
  async ({ searchId, reason }, { db }) => {
    const { cancelled, runs, extractionIds } = await cancelSearch(db, searchId, reason);
    for (const run of runs) announce(approvalDecided.create(run));
    for (const extractionId of extractionIds) announce(extractionAnswered.create({ extractionId }));
    revalidatePath("/searches", "layout");
    return { cancelled };
  },
);
