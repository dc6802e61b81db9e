import { messages, protocol } from "@electric-sql/pglite";
import { EngineFault } from "./engine-fault";

export interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

/** What one statement of a message asks to be answered with, in this order. */
export interface Expected {
  /** A plan that is replaced is closed first. */
  readonly closes: boolean;
  readonly parses: boolean;
  readonly describes: boolean;
  /** The shape of its rows from an earlier description. */
  readonly fields?: readonly Field[];
}

export interface StatementAnswer {
  readonly fields: readonly Field[];
  readonly rows: ReadonlyArray<readonly (string | null)[]>;
  /** What Postgres says it did: `SELECT 1`, `COMMIT`. */
  readonly tag: string;
}

export interface Answer {
  /** As many as were asked, unless one failed. */
  readonly statements: readonly StatementAnswer[];
  /** What Postgres refused, if it did. */
  readonly error?: messages.DatabaseError;
  /** Idle, in a transaction, in a failed one; undefined while the message was not ended by a sync. */
  readonly status?: "I" | "T" | "E";
}

type Message = messages.BackendMessage;

/** May come between any two messages. */
const ASIDE = new Set(["notice", "notification", "parameterStatus"]);

export interface Notification {
  readonly channel: string;
  readonly payload: string;
}

/** Cuts answers into their messages. One for each connection: making one costs as much as a small statement. */
export class MessageReader {
  #parser = new protocol.Parser();

  /** Notifications are told; other messages that belong to no statement are left out. */
  read(bytes: Uint8Array, onNotification: (told: Notification) => void): Message[] {
    const found: Message[] = [];
    try {
      this.#parser.parse(bytes, (message) => {
        if (message.name === "notification") onNotification(message as messages.NotificationResponseMessage);
        if (!ASIDE.has(message.name)) found.push(message);
      });
      return found;
    } catch (cause) {
      throw new EngineFault("protocol", "the answer of Postgres cannot be read", { cause });
    }
  }
}

/**
 * Reads the answer to statements of the extended protocol, each from its own messages and from nothing else.
 * @param synced whether the message ended with a sync.
 * @throws {EngineFault} when any message is missing, of the wrong kind or in the wrong place, or the engine reports itself broken.
 */
export function readAnswer(
  found: readonly Message[],
  expected: readonly Expected[],
  synced: boolean,
): Answer {
  const left = [...found].reverse();
  const statements: StatementAnswer[] = [];
  let error: messages.DatabaseError | undefined;
  for (const one of expected) {
    const read = readStatement(left, one);
    if (read instanceof messages.DatabaseError) {
      error = read;
      break;
    }
    statements.push(read);
  }
  // A commit may be refused as well (a deferred constraint): the sync's own error.
  if (!error && synced && left.at(-1)?.name === "error") error = left.pop() as messages.DatabaseError;
  if (error) refuseBroken(error);
  const status = synced ? readStatus(left) : undefined;
  const extra = left.at(-1);
  if (extra) throw unexpected("the end", extra);
  return { statements, ...(error && { error }), ...(status && { status }) };
}

/** Reads the answer to a script: any number of statements in one message of the simple protocol. */
export function readScript(found: readonly Message[]): Omit<Answer, "statements"> {
  const left = [...found].reverse();
  const error = found.find((message) => message.name === "error") as messages.DatabaseError | undefined;
  if (error) refuseBroken(error);
  const last = left[0];
  if (last?.name !== "readyForQuery") throw unexpected("readyForQuery", last);
  if (!error && !found.some(({ name }) => name === "commandComplete" || name === "emptyQuery"))
    throw new EngineFault("protocol", "Postgres did not say that the script was done");
  return { ...(error && { error }), status: readStatus([last]) };
}

function readStatement(left: Message[], one: Expected): StatementAnswer | messages.DatabaseError {
  const head = [
    ...(one.closes ? ["closeComplete"] : []),
    ...(one.parses ? ["parseComplete"] : []),
    "bindComplete",
  ];
  for (const name of head) {
    const message = left.pop();
    if (message?.name === "error") return message as messages.DatabaseError;
    if (message?.name !== name) throw unexpected(name, message);
  }
  let fields = one.fields;
  if (one.describes) {
    const message = left.pop();
    if (message?.name === "error") return message as messages.DatabaseError;
    if (message?.name === "rowDescription") fields = (message as messages.RowDescriptionMessage).fields;
    else if (message?.name === "noData") fields = [];
    else throw unexpected("a description of the rows", message);
  }
  const rows: Array<readonly (string | null)[]> = [];
  for (let message = left.pop(); ; message = left.pop()) {
    if (message?.name === "error") return message as messages.DatabaseError;
    if (message?.name === "emptyQuery") return { fields: [], rows, tag: "" };
    if (message?.name === "commandComplete")
      return {
        fields: fields ?? [],
        rows,
        tag: checkTag((message as messages.CommandCompleteMessage).text, fields ?? [], rows),
      };
    if (message?.name !== "dataRow") throw unexpected("a row or the end of the statement", message);
    const values = (message as messages.DataRowMessage).fields;
    if (fields && values.length !== fields.length)
      throw new EngineFault("protocol", `a row of ${values.length} values came for ${fields.length} columns`);
    rows.push(values);
  }
}

/** `SELECT 3` must have come with three rows, and so must `INSERT 0 3` that returns them. */
function checkTag(tag: string, fields: readonly Field[], rows: { readonly length: number }): string {
  const [, verb, count] = /^(SELECT|INSERT 0|UPDATE|DELETE|MERGE) (\d+)$/.exec(tag) ?? [];
  const returns = verb === "SELECT" || fields.length > 0;
  if (count !== undefined && returns && Number(count) !== rows.length)
    throw new EngineFault("protocol", `Postgres said "${tag}" and sent ${rows.length} rows`);
  return tag;
}

function readStatus(left: Message[]): "I" | "T" | "E" {
  const message = left.pop();
  if (message?.name !== "readyForQuery") throw unexpected("readyForQuery", message);
  const { status } = message as messages.ReadyForQueryMessage;
  if (status === "I" || status === "T" || status === "E") return status;
  throw new EngineFault("protocol", `Postgres is in no known state (${status})`);
}

/**
 * Errors of the engine itself: internal ones (class XX), those that end a session, and what a session says that lost its footing.
 * @throws {EngineFault}
 */
function refuseBroken(error: messages.DatabaseError): void {
  const { severity = "", code = "", message } = error;
  const isBroken =
    /^(?:FATAL|PANIC)$/.test(severity) ||
    code.startsWith("XX") ||
    code === "" ||
    /ERRORDATA_STACK_SIZE|cannot be initialized/.test(message);
  if (isBroken) throw new EngineFault("internal", message, { cause: error });
}

function unexpected(wanted: string, found: Message | undefined): EngineFault {
  return new EngineFault(
    "protocol",
    `${wanted} was expected of Postgres, ${found ? found.name : "nothing"} came`,
  );
}
