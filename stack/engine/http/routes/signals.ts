import { z } from "zod";
import { RequestError } from "../../errors";
import { saveStep } from "../../runs/save-step";
import { v1 } from "../envelope";
import { parseJson } from "../read-body";
import type { Route } from "../route";

const signalBody = z.object({ signal: z.string().min(1), data: z.unknown().optional() });
const WAITING = "select run_id, step_id from engine.wait where event_name = $1 and kind = 'signal' limit 1";

export const signals: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/signals",
    access: "signing-key",
    handle: async ({ body }, { ledger }) => {
      const parsed = signalBody.safeParse(parseJson(body));
      if (!parsed.success) throw new RequestError(400, z.prettifyError(parsed.error));
      const { signal, data } = parsed.data;
      const runId = await ledger.submit(async (unit) => {
        const rows = await unit.query<{ run_id: string; step_id: string }>(WAITING, [signal]);
        const wait = rows[0];
        const state = wait && (await unit.find(wait.run_id));
        if (!state) return undefined;
        unit.dropWait(wait.run_id, wait.step_id);
        await saveStep(unit, state, wait.step_id, {
          memo: JSON.stringify({ data: { signal, data: data ?? null } }),
        });
        return wait.run_id;
      });
      if (runId === undefined)
        throw new RequestError(404, `no run is waiting for the signal "${signal}"`, "not_found");
      return { body: v1(ledger, { run_id: runId }) };
    },
  },
];
