import { RequestError } from "../errors";
import type { FunctionRegistry } from "../functions/registry";
import { readLimit } from "../http/envelope";
import type { RunStatus } from "../state/rows";

const STATUSES: Readonly<Record<string, RunStatus>> = {
  QUEUED: "Queued",
  RUNNING: "Running",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};
const TIME_COLUMNS: Readonly<Record<string, "queued_at" | "started_at" | "ended_at">> = {
  QUEUEDAT: "queued_at",
  QUEUED_AT: "queued_at",
  STARTEDAT: "started_at",
  STARTED_AT: "started_at",
  ENDEDAT: "ended_at",
  ENDED_AT: "ended_at",
};

export interface RunFilter {
  readonly limit: number;
  readonly cursor: string | null;
  readonly order: "asc" | "desc";
  readonly statuses: readonly RunStatus[];
  readonly appIds: readonly string[];
  /** Internal function ids; undefined means all. */
  readonly functionIds: readonly string[] | undefined;
  readonly timeColumn: "queued_at" | "started_at" | "ended_at";
  /** ISO dates. */
  readonly from: string | null;
  readonly until: string | null;
}

/** Reads the query string of `GET /api/v2/runs`. @throws {RequestError} 400 naming the parameter. */
export function readFilter(query: URLSearchParams, functions: FunctionRegistry): RunFilter {
  const order = (query.get("order") ?? "DESC").toUpperCase();
  if (order !== "ASC" && order !== "DESC") throw invalid("order is invalid");
  const timeColumn = TIME_COLUMNS[(query.get("timeField") ?? "queuedAt").toUpperCase()];
  if (!timeColumn) throw invalid("timeField is invalid");
  const appIds = all(query, "appId");
  const names = all(query, "functionId");
  return {
    limit: readLimit(query, 20, 100),
    cursor: query.get("cursor"),
    order: order === "ASC" ? "asc" : "desc",
    statuses: all(query, "status").map((status) => {
      const known = STATUSES[status.toUpperCase()];
      if (!known) throw invalid(`Status is invalid: ${status}`);
      return known;
    }),
    appIds,
    functionIds: names.length === 0 ? undefined : names.map((name) => internalId(functions, appIds, name)),
    timeColumn,
    from: readTime(query, "from"),
    until: readTime(query, "until"),
  };
}

/** A parameter given several times or with commas. */
function all(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .filter((value) => value !== "");
}

// Consoles know a function by its own id, by `<app>-<id>`, or by its UUID.
function internalId(functions: FunctionRegistry, appIds: readonly string[], name: string): string {
  const ofApps = (appIds.length > 0 ? appIds : functions.apps.map((app) => app.id)).map(
    (app) => `${app}-${name}`,
  );
  const fn = [name, ...ofApps].map((slug) => functions.bySlug(slug)).find((each) => each !== undefined);
  return fn?.id ?? name;
}

function readTime(query: URLSearchParams, name: string): string | null {
  const value = query.get(name);
  if (value === null || value === "") return null;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw invalid(`${name} must be a valid timestamp`);
  return new Date(at).toISOString();
}

function invalid(message: string): RequestError {
  return new RequestError(400, message, "invalid_field_format");
}
