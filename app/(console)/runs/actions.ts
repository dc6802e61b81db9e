"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { cancelRun, replayRun } from "@/lib/runs/engine-api";
import { EngineError } from "@/lib/runs/engine-error";
import { operatorAction } from "@/lib/server/operator-action";

const runSchema = z.object({ id: z.string().min(1).max(64) });

const replaySchema = runSchema.extend({ fromStepId: z.string().min(1).max(200).optional() });

/** Runs it again, from the start or from a step; a refusal of the engine is an outcome, in its own words. */
export const replay = operatorAction(replaySchema, async ({ id, fromStepId }) => {
  const outcome = await replayRun(id, fromStepId).then((runId) => ({ runId }), toRefusal);
  revalidatePath("/runs");
  return outcome;
});

export const cancel = operatorAction(runSchema, async ({ id }) => {
  const outcome = await cancelRun(id).then(() => ({}), toRefusal);
  revalidatePath("/runs");
  return outcome;
});

function toRefusal(error: unknown): { refused: string } {
  if (error instanceof EngineError) return { refused: error.message };
  throw error;
}
