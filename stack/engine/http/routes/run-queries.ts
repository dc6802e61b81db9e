import { RequestError } from "../../errors";
import { readFilter } from "../../queries/run-filter";
import { runViewV1, runViewV2 } from "../../queries/run-view";
import { findRun, listRuns } from "../../queries/runs";
import { traceOf } from "../../queries/trace";
import { loadRuns } from "../../state/load-runs";
import { v1, v2 } from "../envelope";
import type { Route } from "../route";

const notFound = (): RequestError => new RequestError(404, "Run not found", "not_found");

export const runQueries: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/runs/:runId",
    access: "signing-key",
    handle: async (request, { ledger }) => {
      const run = await findRun(ledger.core.db, request.param("runId"));
      if (!run) throw notFound();
      return { body: v1(ledger, runViewV1(ledger.core, run)) };
    },
  },
  {
    method: "GET",
    path: "/api/v2/runs",
    access: "signing-key",
    errors: "v2",
    handle: async ({ query }, { ledger }) => {
      const filter = readFilter(query, ledger.core.functions);
      const { runs, page } = await listRuns(ledger.core.db, filter);
      const withOutput = query.get("includeOutput") === "true";
      return {
        body: v2(
          ledger,
          runs.map((run) => runViewV2(ledger.core, run, withOutput)),
          page,
        ),
      };
    },
  },
  {
    method: "GET",
    path: "/api/v2/runs/:runId",
    access: "signing-key",
    errors: "v2",
    handle: async (request, { ledger }) => {
      const run = await findRun(ledger.core.db, request.param("runId"));
      if (!run) throw notFound();
      return { body: v2(ledger, runViewV2(ledger.core, run, request.query.get("includeOutput") === "true")) };
    },
  },
  {
    method: "GET",
    path: "/api/v2/runs/:runId/trace",
    access: "signing-key",
    errors: "v2",
    handle: async (request, { ledger }) => {
      const [state] = await loadRuns(ledger.core.db, [request.param("runId")]);
      if (!state) throw notFound();
      return { body: v2(ledger, traceOf(ledger.core, state, request.query.get("includeOutput") === "true")) };
    },
  },
];
