import type { Database, RequestSettings, Sql, SqlParam } from "@/stack/postgres/database";

type Args = Readonly<Record<string, unknown>>;

/** What one caller can do: call the schema's functions by name, and run SQL under the same role and claims. */
export interface Session {
  /** A function that answers with one value (jsonb, boolean, uuid …). */
  call<T = unknown>(name: string, args?: Args): Promise<T>;
  /** A function that answers with a row of a table. */
  row<T = Record<string, unknown>>(name: string, args?: Args): Promise<T>;
  rows<T = Record<string, unknown>>(text: string, params?: readonly SqlParam[]): Promise<T[]>;
}

/** A caller with transactions of its own; inside one, everything runs on one connection. */
export interface Caller extends Session {
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

export const SERVICE: RequestSettings = { role: "service_role", claims: { role: "service_role" } };
export const ANON: RequestSettings = { role: "anon", claims: { role: "anon" } };
export const signedIn = (userId: string): RequestSettings => ({
  role: "authenticated",
  claims: { role: "authenticated", sub: userId },
});

/** Arrays and objects travel as JSON; an SQL array is written by `textArray`. */
function toParam(value: unknown): SqlParam {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

export const textArray = (values: readonly string[]) =>
  `{${values.map((value) => JSON.stringify(value)).join(",")}}`;

function writeCall(name: string, args: Args): [text: string, params: SqlParam[]] {
  const names = Object.keys(args);
  const list = names.map((arg, index) => `${arg} => $${index + 1}`).join(", ");
  return [`public.${name}(${list})`, Object.values(args).map(toParam)];
}

function sessionOn(sql: Sql): Session {
  return {
    call: async <T>(name: string, args: Args = {}) => {
      const [text, params] = writeCall(name, args);
      const [row] = await sql.query<{ value: T }>(`select ${text} as value`, params);
      return (row as { value: T }).value;
    },
    row: async <T>(name: string, args: Args = {}) => {
      const [text, params] = writeCall(name, args);
      const [row] = await sql.query<T>(`select * from ${text}`, params);
      return row as T;
    },
    rows: (text, params) => sql.query(text, params),
  };
}

/** Every call in a transaction of its own, as a request through the API is. */
export function callerOn(db: Database, settings: RequestSettings): Caller {
  const transaction = <T>(work: (session: Session) => Promise<T>) =>
    db.transaction((tx) => work(sessionOn(tx)), { settings });
  return {
    transaction,
    call: (name, args) => transaction((session) => session.call(name, args)),
    row: (name, args) => transaction((session) => session.row(name, args)),
    rows: (text, params) => transaction((session) => session.rows(text, params)),
  };
}

/**
 * Runs `work` in `count` open transactions at once. None starts its work before all of them are open, so that they truly
 * meet in the database.
 */
export async function together<T>(
  caller: Caller,
  count: number,
  work: (session: Session, index: number) => Promise<T>,
): Promise<T[]> {
  let open = 0;
  let start: () => void = () => {};
  const allOpen = new Promise<void>((resolve) => {
    start = resolve;
  });
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      caller.transaction(async (session) => {
        open += 1;
        if (open === count) start();
        await allOpen;
        return work(session, index);
      }),
    ),
  );
}

const PATIENCE_MS = 10_000;

/**
 * Resolves once another session of this database waits for a lock.
 * @throws when none does: what should have waited went through.
 */
export async function untilSomebodyWaits(db: Database): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const waiting = await db.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
  }
  throw new Error("nobody waits for a lock");
}
