import { ApiError } from "./api-error";
import type { Table } from "./sql-catalog";
import { quoteName, quoteText } from "./sql-names";
import type { Statement } from "./sql-statement";
import type { Condition, Field, Test } from "./syntax";

/** A table under the alias the statement gives it. */
export interface Source {
  readonly table: Pick<Table, "name" | "columns" | "computed">;
  readonly alias: string;
  /** Embeds of this level by name: conditions may ask whether one is null. */
  readonly embeds?: ReadonlyMap<string, { readonly alias: string; readonly many: boolean }>;
}

/** A column or a JSON path into it, as an SQL expression. */
export function writeField({ table, alias }: Source, { name, path }: Field): string {
  // Postgres reads alias.name as a function call on the row where no column has the name: computed columns are just that,
  // and no other function may pass.
  const column = table.columns.get(name) ?? table.computed.get(name);
  if (!column) throw new ApiError(400, "42703", `column ${table.name}.${name} does not exist`);
  const base = `${alias}.${quoteName(name)}`;
  if (path.length === 0) return base;
  const json = column.type === "json" || column.type === "jsonb" ? base : `to_jsonb(${base})`;
  return `(${json}${path.map(({ arrow, key }) => `${arrow}${typeof key === "number" ? key : quoteText(key)}`).join("")})`;
}

export function writeCondition(
  statement: Pick<Statement, "param">,
  source: Source,
  condition: Condition,
): string {
  if (condition.kind === "logic") {
    const items = condition.items.map((item) => writeCondition(statement, source, item));
    return `${condition.negated ? "NOT " : ""}(${items.join(` ${condition.operator} `)})`;
  }
  const { field, negated, test } = condition;
  const embed = field.path.length === 0 ? source.embeds?.get(field.name) : undefined;
  const isNullTest = test.kind === "is" && (test.value === "NULL" || test.value === "NOT NULL");
  const subject =
    embed && isNullTest && !source.table.columns.has(field.name)
      ? `${embed.alias}._j`
      : writeField(source, field);
  const written = writeTest(statement, subject, test, subjectType(source, field));
  return negated ? `NOT (${written})` : written;
}

function subjectType({ table }: Source, { name, path }: Field): string | undefined {
  if (path.length === 0) return (table.columns.get(name) ?? table.computed.get(name))?.type;
  return path.at(-1)?.arrow === "->>" ? "text" : "jsonb";
}

function writeTest(
  statement: Pick<Statement, "param">,
  subject: string,
  test: Test,
  type: string | undefined,
): string {
  switch (test.kind) {
    case "is":
      return `${subject} IS ${test.value}`;
    case "in":
      return test.values.length > 0
        ? `${subject} = ANY (${statement.param(writeArray(test.values))})`
        : "FALSE";
    case "compare": {
      const value = statement.param(test.value);
      return `${subject} ${test.operator} ${test.quantifier ? `${test.quantifier} (${value})` : value}`;
    }
    case "search": {
      const config = test.config ? `${statement.param(test.config)}::regconfig, ` : "";
      const vector = type === "tsvector" ? subject : `to_tsvector(${config}${subject})`;
      return `${vector} @@ ${test.toQuery}(${config}${statement.param(test.value)})`;
    }
  }
}

/** A Postgres array literal whose every element is quoted, so `null` and `{` are plain text. */
function writeArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/(["\\])/g, "\\$1")}"`).join(",")}}`;
}
