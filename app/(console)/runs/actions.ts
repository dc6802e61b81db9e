"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { cancelRun, replayRun } from "@/lib/runs/engine-api";
import { actionFor } from "@/lib/server/action-for";

const runSchema = z.object({ id: z.string().min(1).max(64) });

const replaySchema = runSchema.extend({ fromStepId: z.string().min(1).max(200).optional() });

/** Runs it again, from the start or from a step. */
export const replay = actionFor("operator", replaySchema, async ({ id, fromStepId }) => {
  const runId = await replayRun(id, fromStepId);
  revalidatePath("/runs");
  return runId;
});

export const cancel = actionFor("operator", runSchema, async ({ id }) => {
  await cancelRun(id);
  revalidatePath("/runs");
});
