import { z } from "zod";
import { type SdkOp, textOption } from "../../calls/sdk-op";
import { readDueTime } from "../../duration";
import { makeEvent } from "../../events/read-events";
import { INVOKED } from "../../events/system-events";
import { startOne } from "../../flow/start-one";
import { newUlid } from "../../ids";
import type { OpContext } from "../op-context";
import { saveStep } from "../save-step";
import { openStep } from "./open-step";

const payload = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  user: z.record(z.string(), z.unknown()).nullish(),
});
const YEAR = "366d";

/** Starts another function and waits for its end. The child's run answers the step when it ends. */
export async function invokeFunction(op: SdkOp, { unit, state }: OpContext): Promise<void> {
  const { run } = state;
  const slug = textOption(op, "function_id") ?? "";
  const child = unit.core.functions.bySlug(slug);
  if (!openStep(unit, state, op, "Waiting")) return;
  const fail = (message: string): Promise<void> =>
    saveStep(unit, state, op.id, {
      memo: JSON.stringify({ error: { name: "Error", message } }),
      isError: true,
    });
  if (!child) return fail(`could not find function with ID: ${slug}`);
  const parsed = payload.safeParse(op.opts?.payload ?? {});
  const invokedBy = `${run.id}.${op.id}`;
  const event = makeEvent({
    id: newUlid(unit.now),
    name: INVOKED,
    data: {
      ...(parsed.success ? parsed.data.data : {}),
      _inngest: { fn_id: slug, correlation_id: invokedBy, source_fn_id: run.functionId },
    },
    user: parsed.success ? parsed.data.user : {},
    ts: unit.now,
    now: unit.now,
  });
  unit.putEvent(event);
  unit.putWait({
    runId: run.id,
    stepId: op.id,
    kind: "invoke",
    eventName: invokedBy,
    expression: null,
    keyPath: "",
    keyValue: "",
    expiresAt: readDueTime(textOption(op, "timeout") ?? YEAR, unit.now) ?? unit.now,
  });
  const scheduled = await startOne(unit, child, [event], invokedBy);
  if (scheduled.run) return;
  unit.dropWait(run.id, op.id);
  await fail(`the function ${slug} was not started: ${scheduled.skipped}`);
}
