import type { ApiRequest, ApiResponse } from "../http/exchange";
import { ApiError } from "./api-error";
import type { PlannedRequest } from "./plan-request";

/** The one row every statement yields. */
export interface Gathered {
  /** JSON text of the answer. */
  readonly body: string | null;
  /** Rows in it. */
  readonly n: number;
  /** Rows there are without paging, when a count was asked for. */
  readonly total: number | null;
  /** Rows a write touched. */
  readonly affected: number | null;
}

/** HTTP status, Content-Range and body for what the database answered. */
export function answerRequest(request: ApiRequest, planned: PlannedRequest, row: Gathered): ApiResponse {
  const { single, prefer, routine, read, offset } = planned;
  const table = read || routine !== undefined;
  const total = prefer.count ? (table ? row.total : row.affected) : null;
  if (read && total !== null && offset > total)
    throw new ApiError(
      416,
      "PGRST103",
      "Requested range not satisfiable",
      `An offset of ${offset} was requested, but there are only ${total} rows.`,
    );
  const range = table && row.n > 0 ? `${offset}-${offset + row.n - 1}` : "*";
  const headers = {
    "content-type": `application/${single ? "vnd.pgrst.object+json" : "json"}; charset=utf-8`,
    "content-range": `${range}/${total ?? "*"}`,
  };
  const answer = (status: number, withBody: boolean): ApiResponse => ({
    status,
    headers,
    body: withBody && request.method !== "HEAD" ? (row.body ?? "") : "",
  });
  if (routine?.returns === "void") return answer(204, false);
  if (table) return answer(total !== null && row.n < total ? 206 : 200, true);
  if (request.method === "POST") return answer(201, prefer.representation);
  return answer(prefer.representation ? 200 : 204, prefer.representation);
}
