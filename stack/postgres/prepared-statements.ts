import { type PGlite, protocol } from "@electric-sql/pglite";
import type { SqlParam } from "./database";

const { serialize } = protocol;

/** Only these are planned; everything else (DDL, SET, LISTEN) gains nothing from being kept. */
const PLANNED = /^\s*(?:select|insert|update|delete|with)\b/i;
/** A kept plan takes up to 200 kB of the embedded Postgres' memory. */
const MAX_KEPT = 120;
const MAX_SEEN = 1_000;
/** A plan made while a table was small must not outlive its growth: nothing analyzes tables here. */
const MAX_AGE_MS = 10_000;
/** What a schema change may make of a plan that was fine: another result, a lost statement, table, column, operator or type. */
const OUTDATED = /^(?:0A000|26000|42P01|42703|42883|42804)$/;

/** One statement of a message: `plan` tells apart plans that must not be shared, such as those of two roles. */
export interface Bound {
  readonly text: string;
  readonly params: readonly SqlParam[];
  readonly plan?: string;
}

type Row = Record<string, unknown>;
interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}
interface Kept {
  readonly name: string;
  readonly madeAt: number;
  /** What its rows look like, once asked. A kept plan never changes that: it fails as outdated instead. */
  fields?: readonly Field[];
}
type Backend = Awaited<ReturnType<PGlite["execProtocolStream"]>>;

/**
 * The extended protocol, in one message per call and with plans kept: parse, describe, bind, execute and sync each are a
 * call into the embedded Postgres otherwise, and planning is most of a small statement's time (0.72 ms to 0.28 ms for a
 * read with its role and claims, 0.25 ms to 0.07 ms for a bare one).
 */
export class PreparedStatements {
  readonly #kept = new Map<string, Kept>();
  readonly #seen = new Set<string>();
  #made = 0;

  constructor(readonly db: PGlite) {}

  /** Whether a statement can travel this way. */
  static takes(text: string): boolean {
    return PLANNED.test(text);
  }

  /**
   * Runs statements in one message and returns the rows of the last. Outside a transaction they are one of their own,
   * undone as a whole when one fails. The caller holds the session.
   */
  async run(statements: readonly Bound[]): Promise<Row[]> {
    const fresh: string[] = [];
    const last = statements.length - 1;
    const message = Buffer.concat([
      ...statements.flatMap((statement, index) => this.#frames(statement, fresh, index === last)),
      SYNC,
    ]);
    try {
      return this.#readRows(await this.db.execProtocolStream(message, { syncToFs: false }), statements[last]);
    } catch (error) {
      const isOutdated = OUTDATED.test(String((error as { code?: unknown }).code));
      // Outside a transaction nothing was kept of the attempt. Inside one it is over anyway.
      const triesAgain = isOutdated && fresh.length < statements.length && !this.db.isInTransaction();
      await this.#forget(isOutdated ? statements.map(keyOf) : fresh);
      if (triesAgain) return this.run(statements);
      throw error;
    }
  }

  /** After a schema change. The caller holds the session. */
  async forgetAll(): Promise<void> {
    await this.#forget([...this.#kept.keys()]);
  }

  #frames(statement: Bound, fresh: string[], isRead: boolean): Uint8Array[] {
    const { text, params } = statement;
    const key = keyOf(statement);
    const kept = this.#kept.get(key);
    const isFresh = kept === undefined || performance.now() - kept.madeAt > MAX_AGE_MS;
    const name = kept?.name ?? this.#nameFor(key);
    const values = params.map((value) => (value === null ? null : String(value)));
    const bind = serialize.bind({ statement: name, values });
    const isKnown = !isRead || (!isFresh && kept.fields !== undefined);
    const frames = isKnown ? [bind, EXECUTE] : [bind, DESCRIBE, EXECUTE];
    if (name !== "") {
      // Used last, dropped last.
      this.#kept.delete(key);
      this.#kept.set(key, isFresh ? { name, madeAt: performance.now() } : kept);
    }
    if (!isFresh) return frames;
    fresh.push(key);
    const replaced = kept ? [serialize.close({ type: "S", name })] : [];
    return [...replaced, serialize.parse({ name, text }), ...frames];
  }

  /** A statement is kept when it comes a second time; one that never comes again would only take memory. */
  #nameFor(key: string): string {
    if (!this.#seen.delete(key)) {
      if (this.#seen.size >= MAX_SEEN) this.#seen.clear();
      this.#seen.add(key);
      return "";
    }
    this.#made += 1;
    return `kept_${this.#made}`;
  }

  /** Rows of the last statement, each value by the parser of its type. */
  #readRows(messages: Backend, statement: Bound | undefined): Row[] {
    const kept = statement && this.#kept.get(keyOf(statement));
    let fields = kept?.fields ?? [];
    let rows: Row[] = [];
    for (const message of messages) {
      if (message.name === "bindComplete") rows = [];
      else if (message.name === "rowDescription") {
        fields = (message as unknown as { fields: Field[] }).fields;
        if (kept) kept.fields = fields;
      } else if (message.name === "dataRow") {
        const values = (message as unknown as { fields: (string | null)[] }).fields;
        rows.push(readRow(this.db, fields, values));
      }
    }
    return rows;
  }

  async #forget(keys: readonly string[]): Promise<void> {
    const names = keys.flatMap((key) => this.#kept.get(key)?.name ?? []);
    for (const key of keys) this.#kept.delete(key);
    await this.#close(names);
  }

  /** Drops the plans not used for longest. The caller holds the session. */
  async trim(): Promise<void> {
    if (this.#kept.size > MAX_KEPT) await this.#forget([...this.#kept.keys()].slice(0, MAX_KEPT / 4));
  }

  async #close(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const frames = names.map((name) => serialize.close({ type: "S", name }));
    await this.db.execProtocolStream(Buffer.concat([...frames, SYNC]), { syncToFs: false });
  }
}

function keyOf({ text, plan = "" }: Bound): string {
  return `${plan}\n${text}`;
}

const DESCRIBE = serialize.describe({ type: "P" });
const EXECUTE = serialize.execute({});
const SYNC = serialize.sync();

function readRow(db: PGlite, fields: readonly Field[], values: readonly (string | null)[]): Row {
  const row: Row = {};
  for (const [index, { name, dataTypeID }] of fields.entries()) {
    const text = values[index] ?? null;
    const parse = db.parsers[dataTypeID];
    row[name] = text === null || parse === undefined ? text : parse(text, dataTypeID);
  }
  return row;
}
