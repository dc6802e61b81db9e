import { ApiError, refuseSyntax } from "./api-error";
import type { Table } from "./sql-catalog";
import { writeField } from "./sql-filter";
import { quoteName, quoteTable, quoteText } from "./sql-names";
import { findRelationship, type Relationship } from "./sql-relationships";
import { type SelectPlan, writeSelect } from "./sql-select";
import type { Statement } from "./sql-statement";
import type { Embed, Field, Level, SelectItem } from "./syntax";

const NO_LEVEL: Level = { conditions: [], order: [] };

/** An embed after it was joined to its parent as `alias._j`, a JSON value. */
export interface JoinedEmbed {
  readonly name: string;
  readonly alias: string;
  readonly many: boolean;
  readonly inner: boolean;
  /** What it adds to the parent's output; empty for `relation!inner()`, which only filters. */
  readonly columns: string;
  /** Columns of the parent its join reads. */
  readonly parentColumns: readonly string[];
  /** The lateral join. Read it last: asking for a sort key adds to it. */
  readonly join: string;
  /** A column of the embedded row that the parent may be ordered by. */
  writeSortKey(field: Field): string;
}

/** Joins the rows of a related table to each row of `parent`. */
export function joinEmbed(statement: Statement, parent: SelectPlan, embed: Embed): JoinedEmbed {
  const relationship = findRelationship(statement.catalog, parent.table, embed.target, embed.hint);
  const { target, many } = relationship;
  for (const table of [target, ...(relationship.junction ? [relationship.junction.table] : [])])
    statement.refuseAnonymous(table, "SELECT");
  const name = embed.alias ?? embed.target;
  const alias = statement.newName("e");
  const row = statement.newName("t");
  const path = findPath(statement, parent, embed);
  const { from, ties } = tieToParent(statement, parent.alias, row, relationship);
  const level = statement.query.embedded.get(path) ?? NO_LEVEL;
  const select = writeSelect(statement, {
    table: target,
    alias: row,
    from,
    ties,
    select: embed.select,
    path,
    level,
    capped: many,
  });
  const sortKeys: string[] = [];
  return {
    name,
    alias,
    many,
    inner: embed.inner,
    columns: writeColumns(embed, alias, relationship),
    parentColumns: relationship.on.map(([column]) => column),
    writeSortKey: (field) => {
      if (many)
        throw new ApiError(
          400,
          "PGRST118",
          `A related order on '${target.name}' is not possible`,
          `'${parent.table.name}' and '${target.name}' do not form a many-to-one or one-to-one relationship`,
        );
      sortKeys.push(`, ${writeField({ table: target, alias: row }, field)} AS _o${sortKeys.length}`);
      return `${alias}._o${sortKeys.length - 1}`;
    },
    get join() {
      const inside = many
        ? `SELECT json_agg(_r) AS _j FROM (${select.text}) _r`
        : `SELECT (SELECT row_to_json(_r) FROM (${select.columns}) _r) AS _j${sortKeys.join("")}${select.matching}${select.tail}`;
      return embed.inner
        ? ` JOIN LATERAL (${inside}) ${alias} ON ${alias}._j IS NOT NULL`
        : ` LEFT JOIN LATERAL (${inside}) ${alias} ON TRUE`;
    },
  };
}

function tieToParent(
  statement: Statement,
  parent: string,
  row: string,
  { target, on, junction }: Relationship,
): { from: string; ties: string[] } {
  const from = `${quoteTable(target)} AS ${row}`;
  const equal = (left: string, a: string, right: string, b: string) =>
    `${left}.${quoteName(a)} = ${right}.${quoteName(b)}`;
  if (!junction) return { from, ties: on.map(([a, b]) => equal(parent, a, row, b)) };
  const link = statement.newName("l");
  return {
    from: `${from}, ${quoteTable(junction.table)} AS ${link}`,
    ties: [
      ...on.map(([a, b]) => equal(parent, a, link, b)),
      ...junction.toTarget.map(([a, b]) => equal(link, a, row, b)),
    ],
  };
}

/** The path under which the request addresses this embed: by its alias, or by its target while that is unmistakable. */
function findPath({ query }: Statement, { select, path }: SelectPlan, embed: Embed): string {
  const prefix = path ? `${path}.` : "";
  const names = listNames(select, embed);
  const used = names.filter((name) =>
    [...query.embedded.keys()].some(
      (key) => key === `${prefix}${name}` || key.startsWith(`${prefix}${name}.`),
    ),
  );
  if (used.length > 1)
    throw refuseSyntax(`filter: '${used.join("' and '")}' are one embed; use one of the names`);
  return `${prefix}${used[0] ?? names[0]}`;
}

function listNames(select: readonly SelectItem[], embed: Embed): [string, ...string[]] {
  const own = embed.alias ?? embed.target;
  if (own === embed.target) return [own];
  const rivals = select.filter(
    (item) =>
      item !== embed &&
      item.kind === "embed" &&
      (item.target === embed.target || item.alias === embed.target),
  );
  return rivals.length === 0 ? [own, embed.target] : [own];
}

/** Whether a request may use `name` for one of the embeds in `select`. */
export function isEmbedName(select: readonly SelectItem[], name: string): boolean {
  return select.some((item) => item.kind === "embed" && listNames(select, item).includes(name));
}

function writeColumns(embed: Embed, alias: string, { many, target }: Relationship): string {
  if (embed.spread) {
    if (many)
      throw new ApiError(
        400,
        "PGRST119",
        `A spread operation on '${target.name}' is not possible`,
        "Only to-one relationships can be spread",
      );
    return listOutputNames(embed.select, target)
      .map((name) => `(${alias}._j -> ${quoteText(name)}) AS ${quoteName(name)}`)
      .join(", ");
  }
  if (embed.select.length === 0) return "";
  const value = many ? `COALESCE(${alias}._j, '[]'::json)` : `${alias}._j`;
  return `${value} AS ${quoteName(embed.alias ?? embed.target)}`;
}

function listOutputNames(select: readonly SelectItem[], table: Table): string[] {
  return select.flatMap((item) => {
    if (item.kind === "star") return [...table.columns.keys()];
    if (item.kind === "count") return [item.alias];
    if (item.kind === "column") return [nameOutput(item)];
    if (item.spread) throw refuseSyntax("select parameter: a spread inside a spread");
    return item.select.length > 0 ? [item.alias ?? item.target] : [];
  });
}

/** The key a column gets in the answer: its alias, the last named step of its JSON path, or its own name. */
export function nameOutput({ alias, field }: { readonly alias?: string; readonly field: Field }): string {
  const lastKey = field.path.findLast((step) => typeof step.key === "string")?.key;
  return alias ?? String(lastKey ?? field.name);
}
