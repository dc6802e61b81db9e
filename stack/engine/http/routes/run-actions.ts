import { z } from "zod";
import { RequestError } from "../../errors";
import { cancelRun } from "../../runs/end-run";
import { rerun } from "../../runs/rerun";
import type { Ledger } from "../../state/ledger";
import { v2 } from "../envelope";
import { parseJson } from "../read-body";
import type { Route } from "../route";

const fromStep = z.object({
  stepID: z.string().optional(),
  stepId: z.string().optional(),
  step_id: z.string().optional(),
  input: z.array(z.unknown()).optional(),
});
const rerunBody = z.object({ fromStep: fromStep.nullish(), from_step: fromStep.nullish() });

export const runActions: readonly Route[] = [
  {
    method: "DELETE",
    path: "/v1/runs/:runId",
    access: "signing-key",
    handle: async (request, { ledger }) => {
      await cancel(ledger, request.param("runId"));
      return {};
    },
  },
  {
    method: "POST",
    path: "/api/v2/runs/:runId/cancel",
    access: "signing-key",
    errors: "v2",
    handle: async (request, { ledger }) => {
      const runId = request.param("runId");
      const was = await cancel(ledger, runId);
      if (was === "Cancelled")
        throw new RequestError(409, "Run is already cancelled", "run_already_cancelled");
      if (was !== undefined) throw new RequestError(409, "Cannot cancel an ended run", "run_already_ended");
      return { body: v2(ledger, { runId }) };
    },
  },
  {
    method: "POST",
    path: "/api/v2/runs/:runId/rerun",
    access: "signing-key",
    errors: "v2",
    handle: async (request, { ledger }) => {
      const parsed = rerunBody.safeParse(parseJson(request.body));
      if (!parsed.success) throw new RequestError(400, z.prettifyError(parsed.error));
      const step = parsed.data.fromStep ?? parsed.data.from_step;
      const stepId = step?.stepId ?? step?.stepID ?? step?.step_id;
      if (step && !stepId) throw new RequestError(400, "Step ID is required", "missing_field");
      const input = step?.input;
      const runId = await ledger.submit((unit) =>
        rerun(unit, request.param("runId"), stepId ? { stepId, ...(input && { input }) } : undefined),
      );
      return { body: v2(ledger, { runId }) };
    },
  },
];

/** Cancels a run; returns how it had ended when there was nothing left to cancel. @throws {RequestError} 404 */
async function cancel(ledger: Ledger, runId: string): Promise<string | undefined> {
  const was = await ledger.submit(async (unit) => {
    const state = await unit.find(runId);
    if (!state) return "missing";
    if (state.run.endedAt !== null) return state.run.status;
    await cancelRun(unit, state, "cancelled by a person");
    return undefined;
  });
  if (was === "missing") throw new RequestError(404, "Run not found", "not_found");
  return was;
}
