import type { Database } from "../../postgres/database";
import type { CallerCheck, Credentials } from "../auth/identify-caller";
import type { Caller } from "../http/exchange";
import { ApiError } from "../rest/api-error";
import { type Binding, parseChangeFilter } from "./binding";
import type { Channel } from "./channel";
import { matchFilter } from "./match-filters";
import { joinPayload, type Message } from "./message";
import type { PublishedTable } from "./published-tables";

/** A join that is answered with an error; the message is shown to the client. */
export class JoinRefusedError extends Error {
  override readonly name = "JoinRefusedError";
}

export interface JoinContext {
  readonly db: Database;
  readonly callers: CallerCheck;
  readonly credentials: Credentials;
  findTable(schema: string, name: string): PublishedTable | undefined;
  nextBindingId(): number;
}

/**
 * Checks who joins and what for.
 * @throws {AuthError} when key or token are not valid.
 * @throws {JoinRefusedError} for what is not served (broadcast to private channels, presence) and for filters Postgres cannot apply.
 */
export async function joinChannel(context: JoinContext, message: Message): Promise<Channel> {
  const input = joinPayload.safeParse(message.payload ?? {});
  if (!input.success) throw new JoinRefusedError(`malformed join: ${input.error.issues[0]?.message}`);
  const { access_token: token, config } = input.data;
  if (config?.private) throw new JoinRefusedError("private channels are not served here");
  if (config?.presence?.enabled) throw new JoinRefusedError("presence is not served here");
  const caller = await context.callers.identify({ ...context.credentials, bearer: token ?? undefined });
  const bindings: Binding[] = [];
  for (const wanted of config?.postgres_changes ?? []) {
    const conditions = wanted.filter ? readFilter(wanted.filter) : [];
    const binding = { ...wanted, id: context.nextBindingId(), conditions };
    await tryBinding(context, caller, binding);
    bindings.push(binding);
  }
  return { topic: message.topic, joinRef: message.join_ref, caller, bindings };
}

function readFilter(filter: string): Binding["conditions"] {
  try {
    return parseChangeFilter(filter);
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    throw new JoinRefusedError(`filter not understood: ${filter} (${String(cause.details)})`, { cause });
  }
}

/** A filter that Postgres cannot apply would otherwise be noticed only as silence. */
async function tryBinding(
  { db, findTable }: JoinContext,
  caller: Caller,
  { schema, table, filter, select, conditions }: Binding,
): Promise<void> {
  const named = [
    ...conditions.flatMap((one) => (one.kind === "filter" ? [one.field.name] : [])),
    ...(select ?? []),
  ];
  if (named.length === 0) return;
  if (!table || table === "*") throw new JoinRefusedError("a filter or a selection of columns needs a table");
  const published = findTable(schema, table);
  // Nothing of it is ever told to somebody who is not signed in and has no grant: nothing to try either.
  if (!published || (caller.role === "anon" && !published.anonymous)) return;
  const unknown = named.find((name) => !published.columns.some((column) => column.name === name));
  if (unknown !== undefined) throw new JoinRefusedError(`invalid column for filter ${unknown}`);
  if (conditions.length === 0) return;
  const change = { schema, table, type: "INSERT" as const, commit_timestamp: "", record: {} };
  await matchFilter(db, published, { change, json: '{"record":{}}' }, conditions).catch((cause: unknown) => {
    throw new JoinRefusedError(`the filter ${filter} cannot be applied`, { cause });
  });
}
