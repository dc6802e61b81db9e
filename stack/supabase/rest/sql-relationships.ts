import { ApiError } from "./api-error";
import type { Catalog, ForeignKey, Table } from "./sql-catalog";

/** `[column of the source, column of the target]` */
type Pair = readonly [string, string];

/** How rows of `target` belong to a row of `source`. */
export interface Relationship {
  readonly target: Table;
  readonly many: boolean;
  /** Words that may name it: the foreign key's constraint, its only column, or the junction table. */
  readonly names: readonly string[];
  readonly on: readonly Pair[];
  readonly junction?: { readonly table: Table; readonly toTarget: readonly Pair[] };
  readonly kind: "many-to-one" | "one-to-many" | "one-to-one" | "many-to-many";
}

/**
 * Finds the one relationship a request means by `source(...target!hint(...))`.
 * `target` is a table of the same schema, a foreign key's constraint name, or a foreign key's column.
 * @throws {ApiError} PGRST200 when there is none, PGRST201 (300) when there are several.
 */
export function findRelationship(
  catalog: Catalog,
  source: Table,
  target: string,
  hint?: string,
): Relationship {
  const found = listRelationships(catalog, source).filter(
    (relationship) =>
      isNamed(relationship, source, target) && (hint === undefined || relationship.names.includes(hint)),
  );
  const [first, ...others] = found;
  if (!first) throw relationshipMissing(source, target, hint);
  if (others.length > 0) throw relationshipAmbiguous(source, target, found);
  return first;
}

function isNamed(relationship: Relationship, source: Table, target: string): boolean {
  if (relationship.target.name === target && relationship.target.schema === source.schema) return true;
  if (relationship.kind === "many-to-many") return false;
  // A column names only the relationship of its own table; a constraint names both directions.
  return relationship.kind === "many-to-one"
    ? relationship.names.includes(target)
    : relationship.names[0] === target;
}

function listRelationships({ foreignKeys }: Catalog, source: Table): Relationship[] {
  const outgoing = foreignKeys.filter((key) => key.from === source).map(followForward);
  const incoming = foreignKeys.filter((key) => key.to === source);
  return [
    ...outgoing,
    ...incoming.map(followBack),
    ...incoming.flatMap((key) => followThrough(foreignKeys, key)),
  ];
}

function followForward(key: ForeignKey): Relationship {
  return {
    target: key.to,
    many: false,
    kind: "many-to-one",
    names: nameKey(key),
    on: pair(key.columns, key.references),
  };
}

function followBack(key: ForeignKey): Relationship {
  const one = [key.from.primaryKey, ...key.from.uniques].some(
    (unique) => unique.length > 0 && unique.every((column) => key.columns.includes(column)),
  );
  const on = pair(key.references, key.columns);
  return { target: key.from, many: !one, kind: one ? "one-to-one" : "one-to-many", names: nameKey(key), on };
}

/** Through a junction: a table whose primary key covers this foreign key and another one. */
function followThrough(foreignKeys: readonly ForeignKey[], near: ForeignKey): Relationship[] {
  const junction = near.from;
  return foreignKeys
    .filter(
      (far) =>
        far !== near &&
        far.from === junction &&
        [...near.columns, ...far.columns].every((column) => junction.primaryKey.includes(column)),
    )
    .map((far) => ({
      target: far.to,
      many: true,
      kind: "many-to-many" as const,
      names: [junction.name],
      on: pair(near.references, near.columns),
      junction: { table: junction, toTarget: pair(far.columns, far.references) },
    }));
}

function nameKey(key: ForeignKey): string[] {
  return [key.name, ...(key.columns.length === 1 ? key.columns : [])];
}

function pair(left: readonly string[], right: readonly string[]): Pair[] {
  return left.map((column, index) => [column, right[index] ?? column]);
}

function relationshipMissing(source: Table, target: string, hint?: string): ApiError {
  return new ApiError(
    400,
    "PGRST200",
    `Could not find a relationship between '${source.name}' and '${target}' in the schema cache`,
    `Searched for a foreign key relationship between '${source.name}' and '${target}'${hint ? ` using the hint '${hint}'` : ""} ` +
      `in the schema '${source.schema}', but no matches were found.`,
  );
}

function relationshipAmbiguous(source: Table, target: string, found: readonly Relationship[]): ApiError {
  const choices = found.map((relationship) => `'${target}!${relationship.names[0]}'`).join(", ");
  return new ApiError(
    300,
    "PGRST201",
    `Could not embed because more than one relationship was found for '${source.name}' and '${target}'`,
    found.map(({ kind, names, target: { name } }) => ({
      cardinality: kind,
      embedding: `${source.name} with ${name}`,
      relationship: names[0],
    })),
    `Try changing '${target}' to one of the following: ${choices}. Find the desired relationship in the 'details' key.`,
  );
}
