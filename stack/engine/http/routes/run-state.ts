import { RequestError } from "../../errors";
import { eventScope } from "../../events/event-json";
import { loadRuns } from "../../state/load-runs";
import type { RunState } from "../../state/run-state";
import type { Request, Route, Services } from "../route";

/** What an SDK fetches when a call did not carry it (`use_api`). */
export const runState: readonly Route[] = [
  {
    method: "GET",
    path: "/v0/runs/:runId/batch",
    access: "signing-key",
    handle: async (request, services) => ({
      body: (await findRun(request, services)).events.map(eventScope),
    }),
  },
  {
    method: "GET",
    path: "/v0/runs/:runId/actions",
    access: "signing-key",
    handle: async (request, services) => {
      const { steps } = await findRun(request, services);
      const done = [...steps.values()].flatMap(({ id, memo }) =>
        memo === null ? [] : [[id, JSON.parse(memo) as unknown] as const],
      );
      return { body: Object.fromEntries(done) };
    },
  },
];

async function findRun(request: Request, { ledger }: Services): Promise<RunState> {
  const [state] = await loadRuns(ledger.core.db, [request.param("runId")]);
  if (!state) throw new RequestError(404, "Run not found", "not_found");
  return state;
}
