/** What a request carries into its transaction: the role it runs as and what its token says. */
export interface RequestSettings {
  readonly role: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly method?: string;
  readonly path?: string;
  readonly schema?: string;
}

/**
 * A place SQL can be run. Parameters travel as text and Postgres infers their type: pass strings, numbers, booleans
 * or null; pass JSON as `JSON.stringify(value)` with a `::jsonb` cast, and dates as ISO strings.
 */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, params?: readonly SqlParam[]): Promise<Row[]>;
}

export type SqlParam = string | number | boolean | null;

export interface TransactionOptions {
  readonly readOnly?: boolean;
  /** Role and claims for row-level security, set inside the same transaction as the query. */
  readonly settings?: RequestSettings;
}

/** One Postgres, embedded or native, behind the five things the stack asks of it. */
export interface Database extends Sql {
  readonly engine: "pglite" | "postgres";
  /** Runs several statements without parameters (migrations). */
  exec(sql: string): Promise<void>;
  /** Commits when `work` resolves, rolls back when it throws. On PGlite everything else waits meanwhile. */
  transaction<T>(work: (tx: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Calls back for every NOTIFY on `channel`; the result stops listening. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const SET_REQUEST = `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
  set_config('request.method', $3, true), set_config('request.path', $4, true), set_config('search_path', $5, true)`;

/** Puts role, claims and search path in force until the end of the current transaction. */
export async function applyRequestSettings(tx: Sql, settings: RequestSettings): Promise<void> {
  await tx.query(SET_REQUEST, [
    settings.role,
    JSON.stringify(settings.claims),
    settings.method ?? "",
    settings.path ?? "",
    `"${settings.schema ?? "public"}", "public", "extensions"`,
  ]);
}
