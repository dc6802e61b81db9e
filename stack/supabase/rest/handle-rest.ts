import type { Database } from "../../postgres/database";
import { type ApiRequest, type ApiResponse, type Caller, type Logger, respondJson } from "../http/exchange";
import { answerRequest, type Gathered } from "./answer";
import { ApiError } from "./api-error";
import { type PlannedRequest, planRequest } from "./plan-request";
import { toApiError } from "./rest-error";
import { slowOffenders } from "./slow-offenders";
import { type Catalog, readCatalog } from "./sql-catalog";

/** Hosted's `max_rows`. A client that needs more has to page. */
export const MAX_ROWS = 1000;

export interface RestOptions {
  readonly db: Database;
  /** Schemas a client may name in `Accept-Profile` or `Content-Profile`; the first is the default. */
  readonly schemas: readonly string[];
  readonly logger: Logger;
}

export interface Rest {
  handle(request: ApiRequest, caller: Caller): Promise<ApiResponse>;
  /** Reads the schema again, after it was changed. */
  reload(): Promise<void>;
}

/** Serves /rest/v1: each request is one statement in one transaction that carries the caller's role and claims. */
export async function createRest({ db, schemas, logger }: RestOptions): Promise<Rest> {
  let catalog: Catalog = await readCatalog(db, schemas);
  const penalties = slowOffenders(logger);
  return {
    reload: async () => {
      catalog = await readCatalog(db, schemas);
    },
    handle: async (request, caller) => {
      try {
        const planned = planRequest(request, catalog, schemas, MAX_ROWS, caller.role === "anon");
        const ask = () => run(db, request, planned, caller);
        return answerRequest(request, planned, await penalties.run(caller, request.path, ask));
      } catch (error) {
        return answerError(error, request, caller, logger);
      }
    },
  };
}

async function run(
  db: Database,
  request: ApiRequest,
  planned: PlannedRequest,
  caller: Caller,
): Promise<Gathered> {
  const settings = { ...caller, method: request.method, path: `/${request.path}`, schema: planned.schema };
  const options = { readOnly: planned.read, settings };
  const { sql, params } = planned;
  if (planned.read || (!planned.exactlyOne && planned.maxAffected === undefined))
    return checkRows(planned, await db.queryOnce<Gathered>(sql, params, options));
  return db.transaction(async (tx) => checkRows(planned, await tx.query<Gathered>(sql, params)), options);
}

/** For a write it throws inside the transaction, so that one of the wrong size is undone. */
function checkRows({ exactlyOne, maxAffected }: PlannedRequest, [row]: readonly Gathered[]): Gathered {
  if (!row) throw new Error("the statement returned no row");
  const { n, affected } = row;
  if (exactlyOne && n !== 1)
    throw new ApiError(
      406,
      "PGRST116",
      "Cannot coerce the result to a single JSON object",
      `The result contains ${n} rows`,
    );
  if (maxAffected !== undefined && (affected ?? n) > maxAffected)
    throw new ApiError(
      400,
      "PGRST124",
      "Query result exceeds max-affected preference constraint",
      `The query affects ${affected ?? n} rows`,
    );
  return row;
}

function answerError(error: unknown, request: ApiRequest, caller: Caller, logger: Logger): ApiResponse {
  const answer = toApiError(error, caller.role !== "anon");
  if (answer.status >= 500)
    logger.error(
      { err: answer.cause ?? answer, method: request.method, path: request.path },
      "REST request failed",
    );
  const headers = answer.status === 401 ? { "www-authenticate": "Bearer" } : undefined;
  const response = respondJson(answer.status, answer, headers);
  return request.method === "HEAD" ? { ...response, body: "" } : response;
}
