import type { ApiRequest } from "../http/exchange";
import { ApiError, refuseAnonymous } from "./api-error";
import { refuseLongStatement } from "./bounds";
import { type JsonBody, parseJsonBody } from "./json-body";
import { type Preferences, parseAccept, parsePreferences, refuseOtherFormats } from "./parse-headers";
import { parseQuery } from "./parse-query";
import { pickRoutine } from "./pick-routine";
import type { Catalog, Routine, Table } from "./sql-catalog";
import { writeRead } from "./sql-read";
import { writeRpc } from "./sql-rpc";
import { Statement } from "./sql-statement";
import { writeDelete, writeInsert, writeUpdate } from "./sql-write";

/** A request turned into one statement, and what must hold for its result. */
export interface PlannedRequest {
  readonly sql: string;
  readonly params: ReadonlyArray<string | null>;
  readonly schema: string;
  readonly read: boolean;
  readonly single: boolean;
  readonly exactlyOne: boolean;
  readonly maxAffected?: number;
  readonly routine?: Routine;
  readonly offset: number;
  readonly prefer: Preferences;
}

const PRIVILEGES = {
  GET: "SELECT",
  HEAD: "SELECT",
  POST: "INSERT",
  PATCH: "UPDATE",
  DELETE: "DELETE",
} as const;

/** @throws {ApiError} for everything that is not understood; nothing has touched the database by then. */
export function planRequest(
  request: ApiRequest,
  catalog: Catalog,
  schemas: readonly string[],
  maxRows: number,
  isAnonymous: boolean,
): PlannedRequest {
  const { method, path, params, headers } = request;
  const read = method === "GET" || method === "HEAD";
  if (!isServed(method)) throw new ApiError(405, "PGRST117", `Unsupported HTTP method: ${method}`);
  const schema = chooseSchema(headers[read ? "accept-profile" : "content-profile"], schemas);
  const prefer = parsePreferences(headers.prefer);
  const { single } = parseAccept(headers.accept);
  const takesBody = method === "POST" || method === "PATCH";
  refuseOtherFormats(headers, takesBody && request.body !== "");
  const table = path.startsWith("rpc/") ? undefined : requireTable(catalog, schema, path);
  if (isAnonymous && table && !table.anonymous.includes(PRIVILEGES[method]))
    throw refuseAnonymous(`table ${table.name}`);
  const body = takesBody ? parseJsonBody(request.body) : undefined;
  const common = { schema, read, single, prefer, ...(!read && { maxAffected: prefer.maxAffected }) };
  if (!table) {
    if (!read && method !== "POST")
      throw new ApiError(405, "PGRST101", "Only GET, HEAD and POST verbs are allowed on functions");
    const routine = pickRoutine(catalog, schema, path.slice(4), params, body);
    if (isAnonymous && !routine.anonymous) throw refuseAnonymous(`function ${routine.name}`);
    const names = new Set(body ? [] : routine.arguments.map((argument) => argument.name));
    const statement = new Statement(catalog, parseQuery(params, names), maxRows, isAnonymous);
    const sql = writeRpc(statement, routine, body, { single, count: prefer.count });
    const exactlyOne = single && routine.set && routine.returns === "row";
    return { ...common, ...finish(statement, sql), routine, exactlyOne };
  }
  const statement = new Statement(catalog, parseQuery(params), read ? maxRows : undefined, isAnonymous);
  const sql = writeTableRequest(statement, table, method, body, prefer, single);
  return { ...common, ...finish(statement, sql), exactlyOne: single && (read || prefer.representation) };
}

function writeTableRequest(
  statement: Statement,
  table: Table,
  method: string,
  body: JsonBody | undefined,
  prefer: Preferences,
  single: boolean,
): string {
  const shape = { single, representation: prefer.representation };
  if (method === "POST" && body) return writeInsert(statement, table, body, prefer, shape);
  if (method === "PATCH" && body) return writeUpdate(statement, table, body, shape);
  if (method === "DELETE") return writeDelete(statement, table, shape);
  return writeRead(statement, table, { single, count: prefer.count });
}

function isServed(method: string): method is keyof typeof PRIVILEGES {
  return Object.hasOwn(PRIVILEGES, method);
}

function requireTable(catalog: Catalog, schema: string, name: string): Table {
  const table = catalog.findTable(schema, name);
  if (table) return table;
  throw new ApiError(404, "PGRST205", `Could not find the table '${schema}.${name}' in the schema cache`);
}

function finish(statement: Statement, sql: string) {
  refuseLongStatement(sql, statement.params);
  return { sql, params: statement.params, offset: statement.query.root.offset ?? 0 };
}

function chooseSchema(profile: string | string[] | undefined, schemas: readonly string[]): string {
  const schema = [profile ?? schemas[0] ?? "public"].flat().join();
  if (!schemas.includes(schema))
    throw new ApiError(
      406,
      "PGRST106",
      `Invalid schema: ${schema}`,
      null,
      `Only the following schemas are exposed: ${schemas.join(", ")}`,
    );
  return schema;
}
