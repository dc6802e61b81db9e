import { ApiError, refuseSyntax } from "./api-error";
import type { Table } from "./sql-catalog";
import { isEmbedName, type JoinedEmbed, joinEmbed, nameOutput } from "./sql-embed";
import { type Source, writeCondition, writeField } from "./sql-filter";
import { quoteName, quoteType } from "./sql-names";
import type { Statement } from "./sql-statement";
import type { Condition, Field, Level, OrderTerm, SelectItem } from "./syntax";

export interface SelectPlan {
  readonly table: Table;
  readonly alias: string;
  /** What stands behind FROM, under that alias. */
  readonly from: string;
  readonly select: readonly SelectItem[];
  /** Dotted path of embeds that leads here; empty for the root. */
  readonly path: string;
  readonly level: Level;
  /** Conditions that tie an embed to its parent, already SQL. */
  readonly ties?: readonly string[];
  /** Whether the row cap applies: to lists read, not to a single parent or to rows just written. */
  readonly capped: boolean;
}

export interface WrittenSelect {
  /** `SELECT …`, without FROM. */
  readonly columns: string;
  /** FROM, joins and WHERE, without sorting and paging: what `count` counts. */
  readonly matching: string;
  /** ORDER BY, LIMIT, OFFSET. */
  readonly tail: string;
  /** The whole statement. */
  readonly text: string;
  /** Columns of the table that this reads, or "all": what a write must return. */
  readonly reads: readonly string[] | "all";
}

/** Writes one level of the answer, its embeds joined laterally. */
export function writeSelect(statement: Statement, plan: SelectPlan): WrittenSelect {
  const { table, alias, level } = plan;
  refuseUnknownEmbeds(statement, plan);
  const embeds = new Map<string, JoinedEmbed>();
  const columns = plan.select.map((item) => writeItem(statement, plan, item, embeds)).filter(Boolean);
  const source: Source = { table, alias, embeds };
  const where = [
    ...(plan.ties ?? []),
    ...level.conditions.map((condition) => writeCondition(statement, source, condition)),
  ];
  const filter = where.length > 0 ? ` WHERE ${where.join(" AND ")}` : "";
  const counted = plan.select.some((item) => isCount(item, table));
  const sort = counted ? "" : writeOrder(source, level.order, embeds);
  const page = writePage(statement, plan);
  const joins = [...new Set(embeds.values())].map((embed) => embed.join).join("");
  const written = {
    columns: `SELECT ${columns.join(", ") || "1 AS _"}`,
    matching: ` FROM ${plan.from}${joins}${filter}`,
    tail: `${sort}${page}`,
    reads: listReads(plan, embeds),
  };
  // Of `*` of a page nothing can be computed any more.
  const isWhole = written.reads !== "all" || table.computed.size === 0;
  if (!joins || !page || !isWhole || !canPageFirst(level, embeds))
    return { ...written, text: `${written.columns}${written.matching}${written.tail}` };
  // Page the parent before its embeds are gathered, or Postgres may gather them for every row it then sorts away.
  const first = `(SELECT ${writeReads(written.reads, alias)} FROM ${plan.from}${filter}${sort}${page}) AS ${alias}`;
  return { ...written, text: `${written.columns} FROM ${first}${joins}${sort}` };
}

function writeItem(
  statement: Statement,
  plan: SelectPlan,
  item: SelectItem,
  embeds: Map<string, JoinedEmbed>,
): string {
  const { table, alias } = plan;
  if (item.kind === "star") return `${alias}.*`;
  if (item.kind === "embed") {
    const embed = joinEmbed(statement, plan, item);
    // An embed with an alias goes by its table's name as well, until one of that name comes.
    if (embeds.get(embed.name)?.name === embed.name)
      throw refuseSyntax(`select parameter: '${embed.name}' is embedded twice`);
    embeds.set(embed.name, embed);
    if (!embeds.has(item.target)) embeds.set(item.target, embed);
    return embed.columns;
  }
  if (item.kind === "count" && isCount(item, table)) return `count(*) AS ${quoteName(item.alias)}`;
  if (item.kind === "count")
    return `${writeField({ table, alias }, COUNT_COLUMN)} AS ${quoteName(item.alias)}`;
  const expression = writeField({ table, alias }, item.field);
  const value = item.cast ? `CAST(${expression} AS ${quoteType(item.cast)})` : expression;
  return `${value} AS ${quoteName(nameOutput(item))}`;
}

const COUNT_COLUMN: Field = { name: "count", path: [] };

/** A bare `count` is a column if the table has one. */
function isCount(item: SelectItem, table: Table): boolean {
  return item.kind === "count" && (item.called || !table.columns.has("count"));
}

function writeOrder(
  source: Source,
  order: readonly OrderTerm[],
  embeds: ReadonlyMap<string, JoinedEmbed>,
): string {
  const terms = order.map((term) => {
    const nulls = term.nulls ? ` NULLS ${term.nulls}` : "";
    return `${writeOrderSubject(source, term, embeds)} ${term.direction}${nulls}`;
  });
  return terms.length > 0 ? ` ORDER BY ${terms.join(", ")}` : "";
}

function writeOrderSubject(
  source: Source,
  { field, relation }: OrderTerm,
  embeds: ReadonlyMap<string, JoinedEmbed>,
): string {
  if (relation === undefined) return writeField(source, field);
  const embed = embeds.get(relation);
  if (!embed)
    throw new ApiError(400, "PGRST108", `'${relation}' is not an embedded resource in this request`);
  return embed.writeSortKey(field);
}

function writePage({ maxRows }: Statement, { capped, level: { limit, offset } }: SelectPlan): string {
  const rows = capped && maxRows !== undefined ? Math.min(maxRows, limit ?? maxRows) : limit;
  return `${rows === undefined ? "" : ` LIMIT ${rows}`}${offset ? ` OFFSET ${offset}` : ""}`;
}

function canPageFirst({ conditions, order }: Level, embeds: ReadonlyMap<string, JoinedEmbed>): boolean {
  const asksEmbed = (condition: Condition): boolean =>
    condition.kind === "logic" ? condition.items.some(asksEmbed) : embeds.has(condition.field.name);
  return (
    [...embeds.values()].every((embed) => !embed.inner) &&
    !conditions.some(asksEmbed) &&
    order.every((term) => term.relation === undefined)
  );
}

/** Only columns the request names: a role may be granted some columns and not others. */
function listReads(
  { select, table, level }: SelectPlan,
  embeds: ReadonlyMap<string, JoinedEmbed>,
): readonly string[] | "all" {
  if (select.some((item) => item.kind === "star")) return "all";
  const names = new Set([
    ...select.flatMap((item) => (item.kind === "column" ? [item.field.name] : [])),
    ...(select.some((item) => item.kind === "count") && table.columns.has("count") ? ["count"] : []),
    ...level.order.flatMap((term) => (term.relation === undefined ? [term.field.name] : [])),
    ...[...embeds.values()].flatMap((embed) => embed.parentColumns),
  ]);
  return [...names];
}

export function writeReads(reads: readonly string[] | "all", alias: string): string {
  if (reads === "all") return `${alias}.*`;
  return reads.map((name) => `${alias}.${quoteName(name)}`).join(", ") || "1 AS _";
}

/** A filter on something that is not in `select` would otherwise silently filter nothing. */
function refuseUnknownEmbeds({ query }: Statement, { path, select }: SelectPlan): void {
  const prefix = path ? `${path}.` : "";
  for (const key of query.embedded.keys()) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length).split(".")[0] ?? "";
    if (!isEmbedName(select, name))
      throw new ApiError(400, "PGRST108", `'${name}' is not an embedded resource in this request`);
  }
}
