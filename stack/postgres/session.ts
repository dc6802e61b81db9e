import { type messages, protocol, types } from "@electric-sql/pglite";
import type { SqlParam } from "./database";
import { EngineFault } from "./engine-fault";
import type { Wire } from "./engine-thread";
import {
  type Answer,
  type Expected,
  type Field,
  MessageReader,
  type Notification,
  readAnswer,
  readScript,
  type StatementAnswer,
} from "./read-answer";

const { serialize } = protocol;

/** Only these are planned; everything else (DDL, SET, LISTEN) gains nothing from being kept. */
const PLANNED = /^\s*(?:select|insert|update|delete|with|begin|commit)\b/i;
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

export interface How {
  /** On the clock of `performance.now()`, ms. */
  readonly deadline: number;
  /** What the statements must leave behind: no transaction, or one that is open. */
  readonly leaves: "I" | "T";
  /** Outside a transaction: that nothing is written, so that it may be committed before its answer was checked. */
  readonly isRead?: boolean;
}

type Row = Record<string, unknown>;
interface Kept {
  readonly name: string;
  readonly madeAt: number;
  /** What its rows look like, once asked. A kept plan never changes that: it fails as outdated instead. */
  fields?: readonly Field[];
}

/**
 * The extended protocol, in one message per call and with plans kept: parse, describe, bind, execute and sync each are a
 * call into the embedded Postgres otherwise, and planning is most of a small statement's time (0.72 ms to 0.28 ms for a
 * read with its role and claims, 0.25 ms to 0.07 ms for a bare one).
 */
export class Session {
  readonly #kept = new Map<string, Kept>();
  readonly #seen = new Set<string>();
  readonly #parsers: Record<number, ((text: string, type?: number) => unknown) | undefined> = {
    ...types.parsers,
  };
  readonly #reader = new MessageReader();
  #made = 0;

  constructor(
    readonly wire: Wire,
    readonly onNotification: (told: Notification) => void,
  ) {}

  /** Learns the arrays of this database. */
  async learnArrays(deadline: number): Promise<void> {
    const rows = await this.run([{ text: ARRAYS_SQL, params: [] }], { deadline, leaves: "I", isRead: true });
    for (const { oid, typarray } of rows as Array<{ oid: number; typarray: number }>)
      this.#parsers[typarray] = (text) => types.arrayParser(text, this.#parsers[oid] ?? String, typarray);
  }

  /**
   * Runs statements in one message and returns the rows of the last. Outside a transaction they are one of their own, undone as a
   * whole when one fails; one that may have written is committed only when its whole answer was there and was the answer to it.
   * @throws {EngineFault} when the engine is not to be trusted any more; what was not committed is undone with it.
   * @throws {messages.DatabaseError} what Postgres refuses.
   */
  async run(statements: readonly Bound[], how: How): Promise<Row[]> {
    const fresh: string[] = [];
    const prepared = statements.map((one, index) =>
      this.#prepare(one, fresh, index === statements.length - 1),
    );
    const isChecked = how.leaves === "I" && !how.isRead && !isBoundary(statements);
    const answer = await this.#ask(prepared, isChecked, how);
    if (!answer.error) {
      const last = prepared.at(-1);
      const read = answer.statements.at(-1);
      if (!last || !read) return [];
      if (last.kept) last.kept.fields = read.fields;
      // What Postgres answers to the commit of a transaction in which something failed.
      if (statements.at(-1)?.text === "commit" && read.tag !== "COMMIT")
        throw new Error("the transaction was rolled back: a statement in it had failed");
      return read.rows.map((values) => this.#readRow(read.fields, values));
    }
    const isOutdated = OUTDATED.test(answer.error.code ?? "");
    // Outside a transaction nothing was kept of the attempt. Inside one it is over anyway.
    const triesAgain =
      isOutdated && fresh.length < statements.length && answer.status === "I" && how.leaves === "I";
    await this.#forget(isOutdated ? statements.map(keyOf) : fresh, how.deadline);
    if (triesAgain) return this.run(statements, how);
    throw answer.error;
  }

  /** Runs a script without parameters. Plans made before it may be outdated by it. */
  async script(sql: string, how: How): Promise<void> {
    const { error, status } = readScript(await this.#exchange([serialize.query(sql)], how.deadline));
    await this.#forget([...this.#kept.keys()], how.deadline);
    if (error) throw error;
    refuseStatus(status, how.leaves);
  }

  /** Drops the plans not used for longest. */
  async trim(deadline: number): Promise<void> {
    if (this.#kept.size > MAX_KEPT)
      await this.#forget([...this.#kept.keys()].slice(0, MAX_KEPT / 4), deadline);
  }

  async #ask(prepared: readonly Prepared[], isChecked: boolean, { deadline, leaves }: How): Promise<Answer> {
    const frames = prepared.flatMap((one) => one.frames);
    const expected = prepared.map((one) => one.expected);
    if (!isChecked) {
      const answer = readAnswer(await this.#exchange([...frames, SYNC], deadline), expected, true);
      if (!answer.error) refuseStatus(answer.status, leaves);
      return answer;
    }
    const answer = readAnswer(await this.#exchange(frames, deadline), expected, false);
    // Only this commits.
    const end = readAnswer(await this.#exchange([SYNC], deadline), [], true);
    refuseStatus(end.status, leaves);
    return { ...answer, ...end, ...(answer.error && { error: answer.error }), statements: answer.statements };
  }

  async #exchange(frames: readonly Uint8Array[], deadline: number): Promise<messages.BackendMessage[]> {
    const limitMs = Math.max(1, deadline - performance.now());
    return this.#reader.read(await this.wire.exchange(Buffer.concat(frames), limitMs), this.onNotification);
  }

  #prepare(statement: Bound, fresh: string[], isRead: boolean): Prepared {
    const { text, params } = statement;
    const key = keyOf(statement);
    const kept = this.#kept.get(key);
    const isFresh = kept === undefined || performance.now() - kept.madeAt > MAX_AGE_MS;
    const name = kept?.name ?? (PLANNED.test(text) ? this.#nameFor(key) : "");
    const values = params.map((value) => (value === null ? null : String(value)));
    const next = name === "" ? undefined : isFresh ? { name, madeAt: performance.now() } : kept;
    if (next) {
      // Used last, dropped last.
      this.#kept.delete(key);
      this.#kept.set(key, next);
    }
    if (isFresh) fresh.push(key);
    const expected: Expected = {
      closes: isFresh && kept !== undefined,
      parses: isFresh,
      describes: isRead && (isFresh || kept.fields === undefined),
      ...(!isFresh && kept.fields && { fields: kept.fields }),
    };
    const frames = [
      ...(expected.closes ? [serialize.close({ type: "S", name })] : []),
      ...(expected.parses ? [serialize.parse({ name, text })] : []),
      serialize.bind({ statement: name, values }),
      ...(expected.describes ? [DESCRIBE] : []),
      EXECUTE,
    ];
    return { frames, expected, ...(next && isRead && { kept: next }) };
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

  async #forget(keys: readonly string[], deadline: number): Promise<void> {
    const names = keys.flatMap((key) => this.#kept.get(key)?.name ?? []);
    for (const key of keys) this.#kept.delete(key);
    if (names.length === 0) return;
    const frames = names.map((name) => serialize.close({ type: "S", name }));
    const found = await this.#exchange([...frames, SYNC], deadline);
    const isDone = found.length === names.length + 1 && found.at(-1)?.name === "readyForQuery";
    if (!isDone) throw new EngineFault("protocol", "Postgres did not say that its plans are dropped");
  }

  /** Each value by the parser of its type. */
  #readRow(fields: StatementAnswer["fields"], values: readonly (string | null)[]): Row {
    const row: Row = {};
    for (const [index, { name, dataTypeID }] of fields.entries()) {
      const text = values[index] ?? null;
      const parse = this.#parsers[dataTypeID];
      row[name] = text === null || parse === undefined ? text : parse(text, dataTypeID);
    }
    return row;
  }
}

interface Prepared {
  readonly frames: readonly Uint8Array[];
  readonly expected: Expected;
  readonly kept?: Kept;
}

const ARRAYS_SQL = `select b.oid, b.typarray from pg_catalog.pg_type a join pg_catalog.pg_type b on b.oid = a.typelem
  where a.typcategory = 'A' group by b.oid, b.typarray`;

/** `commit` and `rollback` end what was checked statement by statement. */
function isBoundary([first]: readonly Bound[]): boolean {
  return first?.text === "commit" || first?.text === "rollback";
}

function refuseStatus(status: Answer["status"], wanted: "I" | "T"): void {
  if (status !== wanted)
    throw new EngineFault("protocol", `Postgres is in state ${status} where ${wanted} was expected`);
}

function keyOf({ text, plan = "" }: Bound): string {
  return `${plan}\n${text}`;
}

const DESCRIBE = serialize.describe({ type: "P" });
const EXECUTE = serialize.execute({});
const SYNC = serialize.sync();
