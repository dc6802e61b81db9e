import { EngineFault } from "@/stack/postgres/engine-fault";
import type { Database } from "../../postgres/database";
import type { Caller, Logger } from "../http/exchange";
import { type Binding, concerns } from "./binding";
import { type Change, readChange, type ToldChange } from "./change";
import type { Channel, Subscriber } from "./channel";
import { matchFilter } from "./match-filters";
import type { PublishedTable } from "./published-tables";
import { listVisibleColumns } from "./see-change";

export interface DispatchContext {
  readonly db: Database;
  readonly logger: Logger;
  readonly subscribers: ReadonlySet<Subscriber>;
  findTable(schema: string, name: string): PublishedTable | undefined;
}

interface Candidate {
  readonly subscriber: Subscriber;
  readonly channel: Channel;
  readonly bindings: readonly Binding[];
}

/** Tells one change to everybody who asked for it and may see it. */
export async function dispatchChange(context: DispatchContext, payload: string): Promise<void> {
  if (context.subscribers.size === 0) return;
  const told = await readChange(context.db, payload);
  const table = told && context.findTable(told.change.schema, told.change.table);
  if (!told || !table) return;
  const candidates = listCandidates(context, table, told.change);
  if (candidates.length === 0) return;
  const passes = await judgeFilters(context, table, told, candidates);
  const look = rememberLooks(context, table, told);
  for (const { subscriber, channel, bindings } of candidates) {
    const passing = bindings.filter(passes);
    const visible = passing.length > 0 ? await look(channel.caller) : undefined;
    if (!visible) continue;
    for (const [select, ids] of groupBySelection(passing))
      subscriber.tell(channel, { ids, data: describeChange(table, told.change, narrow(visible, select)) });
  }
}

/** Those who want the same columns are told in one message. */
function groupBySelection(bindings: readonly Binding[]): Map<string | undefined, number[]> {
  const groups = new Map<string | undefined, number[]>();
  for (const { id, select } of bindings) {
    const key = select && JSON.stringify(select);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups;
}

function narrow(visible: ReadonlySet<string>, select: string | undefined): ReadonlySet<string> {
  if (select === undefined) return visible;
  return new Set((JSON.parse(select) as string[]).filter((name) => visible.has(name)));
}

function listCandidates(
  { subscribers }: DispatchContext,
  table: PublishedTable,
  change: Change,
): Candidate[] {
  const found: Candidate[] = [];
  for (const subscriber of subscribers)
    for (const channel of subscriber.channels.values()) {
      const bindings = channel.bindings.filter((binding) => concerns(binding, change));
      if (bindings.length === 0 || (channel.caller.role === "anon" && !table.anonymous)) continue;
      if (isExpired(channel.caller)) subscriber.dismiss(channel, "Token has expired");
      else found.push({ subscriber, channel, bindings });
    }
  return found;
}

function isExpired({ claims }: Caller): boolean {
  return typeof claims.exp === "number" && claims.exp * 1000 < Date.now();
}

async function judgeFilters(
  { db, logger }: DispatchContext,
  table: PublishedTable,
  told: ToldChange,
  candidates: readonly Candidate[],
): Promise<(binding: Binding) => boolean> {
  const filters = new Map(
    candidates.flatMap(({ bindings }) =>
      bindings.flatMap(({ filter, conditions }) => (filter ? [[filter, conditions] as const] : [])),
    ),
  );
  const passed = new Map<string, boolean>();
  // One by one: a filter that no longer fits a changed table must not silence the others.
  for (const [filter, conditions] of filters)
    try {
      passed.set(filter, await matchFilter(db, table, told, conditions));
    } catch (error) {
      logger.warn({ err: error, filter, table: table.name }, "a Realtime filter could not be applied");
      // It would cost the engine again with the next change.
      if (error instanceof EngineFault)
        for (const { subscriber, channel, bindings } of candidates)
          if (bindings.some((binding) => binding.filter === filter))
            subscriber.dismiss(channel, `the filter ${filter} takes too long`);
    }
  return ({ filter }) => !filter || passed.get(filter) === true;
}

/** Subscribers with the same token see the same, so Postgres is asked once for all of them. */
function rememberLooks({ db, logger }: DispatchContext, table: PublishedTable, told: ToldChange) {
  const looks = new Map<string, ReadonlySet<string> | undefined>();
  return async (caller: Caller): Promise<ReadonlySet<string> | undefined> => {
    const key = JSON.stringify([caller.role, caller.claims]);
    if (looks.has(key)) return looks.get(key);
    const columns = await listVisibleColumns(db, caller, table, told).catch((error: unknown) => {
      logger.error({ err: error, table: table.name }, "a change could not be checked against row security");
      return undefined;
    });
    looks.set(key, columns);
    return columns;
  };
}

function describeChange(table: PublishedTable, change: Change, visible: ReadonlySet<string>): object {
  const pick = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => visible.has(name)).map((name) => [name, row[name]]));
  const columns = table.columns.filter((column) => visible.has(column.name));
  const all = columns.map((column) => column.name);
  // Replica identity default: the old row is its key. Row security cannot be checked on it, so it stays that.
  const old = table.fullIdentity && !table.rowSecurity ? all : table.primaryKey;
  return {
    schema: change.schema,
    table: change.table,
    commit_timestamp: change.commit_timestamp,
    type: change.type,
    columns,
    errors: null,
    ...(change.record && { record: pick(change.record, all) }),
    ...(change.old_record && { old_record: pick(change.old_record, old) }),
  };
}
