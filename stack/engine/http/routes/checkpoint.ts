import { z } from "zod";
import { sdkOp } from "../../calls/sdk-op";
import { RequestError, StaleDispatchError } from "../../errors";
import { saveCheckpoint } from "../../runs/checkpoint";
import { parseJson } from "../read-body";
import type { Route } from "../route";

const checkpointBody = z.object({
  qi_id: z.string(),
  generation_id: z.number().int(),
  steps: z.array(sdkOp).max(1_000),
});
const CALL_ID = /^call:[^:]+:(.+)$/;

export const checkpoint: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/checkpoint/:runId/async",
    access: "signing-key",
    handle: async (request, { ledger }) => {
      const runId = request.param("runId");
      const parsed = checkpointBody.safeParse(parseJson(request.body));
      if (!parsed.success) throw new RequestError(400, z.prettifyError(parsed.error));
      const { qi_id: callId, generation_id: generation, steps } = parsed.data;
      const stepId = CALL_ID.exec(callId)?.[1];
      if (stepId === undefined) throw new RequestError(400, `unknown qi_id "${callId}"`);
      const isCurrent = await ledger.submit(
        (unit) => saveCheckpoint(unit, { runId, stepId, generation }, steps),
        [runId],
      );
      if (!isCurrent) throw new StaleDispatchError(runId);
      return {};
    },
  },
];
