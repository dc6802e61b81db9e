import { ApiError } from "./api-error";

/** HTTP status by SQLSTATE, then by its class (docs.postgrest.org/en/v13/references/errors.html). */
const BY_CODE: Readonly<Record<string, number>> = {
  "23503": 409,
  "23505": 409,
  "25006": 405,
  "42501": 403,
  "42883": 404,
  "42P01": 404,
  "42P17": 500,
  P0001: 400,
};
const BY_CLASS: Readonly<Record<string, number>> = {
  "08": 503,
  "09": 500,
  "0L": 403,
  "0P": 403,
  "25": 500,
  "28": 403,
  "2D": 500,
  "38": 500,
  "39": 500,
  "3B": 500,
  "40": 500,
  "53": 503,
  // PostgREST says 500 to "too complex"; here it is the caller's input that is too large.
  "54": 413,
  "55": 500,
  "57": 500,
  "58": 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
};

interface PostgresError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/**
 * Any failure as the error PostgREST would answer with.
 * @param signedIn whether the request ran as somebody: a missing privilege is 403 then and 401 otherwise.
 */
export function toApiError(error: unknown, signedIn: boolean): ApiError {
  if (error instanceof ApiError) return error;
  if (!isPostgresError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    // supabase-js repeats a read that was answered with 503: a database that restarts shows as a slow answer.
    const gone = /ECONN|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect/.test(
      message,
    );
    return new ApiError(gone ? 503 : 500, gone ? "PGRST001" : "PGRST000", message, null, null, {
      cause: error,
    });
  }
  const { code, message, detail = null, hint = null } = error;
  return new ApiError(chooseStatus(code, signedIn), code, message, detail, hint, { cause: error });
}

function chooseStatus(code: string, signedIn: boolean): number {
  if (code === "42501" && !signedIn) return 401;
  // raise ... using errcode = 'PT409' chooses the status itself
  const chosen = /^PT([2-5]\d\d)$/.exec(code)?.[1];
  return chosen ? Number(chosen) : (BY_CODE[code] ?? BY_CLASS[code.slice(0, 2)] ?? 400);
}

function isPostgresError(error: unknown): error is PostgresError {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}
