"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { operatorAction } from "@/lib/actions/operator-action";
import { DatabaseError } from "@/lib/db/errors";
import { cancelRun, replayRun } from "@/lib/runs/engine-api";
import { EngineError } from "@/lib/runs/engine-error";

const runSchema = z.object({ id: z.string().min(1).max(64) });

export const replay = operatorAction(runSchema, async ({ id }) => {
  const runId = await asAnswer(replayRun(id));
  revalidatePath("/runs");
  return { runId };
});

export const cancel = operatorAction(runSchema, async ({ id }) => {
  await asAnswer(cancelRun(id));
  revalidatePath("/runs");
});

/** The action's door shows refusals; an engine's refusal is one. */
async function asAnswer<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineError) throw new DatabaseError("22023", error.message, null, { cause: error });
    throw error;
  }
}
