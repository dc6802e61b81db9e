import type { ColumnInfo, RelationInfo } from "./read-schema";
import { byName, writeBlock, writeKey } from "./write-block";

type NameType = (oid: string) => string;

export function writeTable(table: RelationInfo, nameType: NameType): string {
  const columns = [...table.columns].sort(byName);
  return writeBlock(writeKey(table.name), [
    writeRow([...columns, ...table.computed.map(asColumn)], nameType),
    writeBlock(
      "Insert",
      columns.map((column) => writeInput(column, nameType, column.nullable || column.optional)),
    ),
    writeBlock(
      "Update",
      columns.map((column) => writeInput(column, nameType, true)),
    ),
    writeRelationships(table),
  ]);
}

/** What is computed may always be null. */
function asColumn(computed: RelationInfo["computed"][number]): ColumnInfo {
  return { ...computed, nullable: true, optional: true, fixed: true };
}

/** A view may always hold a null, whatever the columns behind it say. */
export function writeView(view: RelationInfo, nameType: NameType): string {
  const columns = [...view.columns].sort(byName).map((column) => ({ ...column, nullable: true }));
  return writeBlock(writeKey(view.name), [writeRow(columns, nameType), "Relationships: []"]);
}

function writeRow(columns: readonly ColumnInfo[], nameType: NameType): string {
  return writeBlock(
    "Row",
    columns.map((column) => `${writeKey(column.name)}: ${writeValue(column, nameType)}`),
  );
}

function writeInput(column: ColumnInfo, nameType: NameType, optional: boolean): string {
  if (column.fixed) return `${writeKey(column.name)}?: never`;
  return `${writeKey(column.name)}${optional ? "?" : ""}: ${writeValue(column, nameType)}`;
}

function writeValue({ type, nullable }: ColumnInfo, nameType: NameType): string {
  return `${nameType(type)}${nullable ? " | null" : ""}`;
}

function writeRelationships({ foreignKeys }: RelationInfo): string {
  if (foreignKeys.length === 0) return "Relationships: []";
  const entries = [...foreignKeys].sort(byName).map(
    (key) => `  {
    foreignKeyName: ${JSON.stringify(key.name)}
    columns: ${JSON.stringify(key.columns)}
    isOneToOne: ${key.oneToOne}
    referencedRelation: ${JSON.stringify(key.table)}
    referencedColumns: ${JSON.stringify(key.references)}
  },`,
  );
  return `Relationships: [\n${entries.join("\n")}\n]`;
}
