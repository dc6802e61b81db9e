import type { Database } from "../../postgres/database";
import type { CallerCheck, Credentials } from "../auth/identify-caller";
import { type Binding, parseChangeFilter } from "./binding";
import type { Channel } from "./channel";
import { matchFilters } from "./match-filters";
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
    const condition = wanted.filter ? parseChangeFilter(wanted.filter) : undefined;
    if (wanted.filter && !condition) throw new JoinRefusedError(`filter not understood: ${wanted.filter}`);
    const binding = { ...wanted, id: context.nextBindingId(), ...(condition && { condition }) };
    await tryFilter(context, binding);
    bindings.push(binding);
  }
  return { topic: message.topic, joinRef: message.join_ref, caller, bindings };
}

/** A filter that Postgres cannot apply would otherwise be noticed only as silence. */
async function tryFilter(
  { db, findTable }: JoinContext,
  { schema, table, filter, condition }: Binding,
): Promise<void> {
  const published = table ? findTable(schema, table) : undefined;
  if (!condition) return;
  if (!table || table === "*") throw new JoinRefusedError("a filter needs a table");
  if (!published) return;
  if (!published.columns.some((column) => column.name === condition.column))
    throw new JoinRefusedError(`invalid column for filter ${condition.column}`);
  const change = { schema, table, type: "INSERT" as const, commit_timestamp: "", record: {} };
  await matchFilters(db, published, { change, json: '{"record":{}}' }, [condition]).catch(
    (cause: unknown) => {
      throw new JoinRefusedError(`the filter ${filter} cannot be applied`, { cause });
    },
  );
}
