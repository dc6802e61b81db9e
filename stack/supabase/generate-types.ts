import type { Database } from "../postgres/database";
import { writeHelperTypes } from "./types/helper-types";
import { createTypeNamer } from "./types/name-type";
import { readSchema } from "./types/read-schema";
import { byName, writeBlock, writeKey } from "./types/write-block";
import { writeFunctions } from "./types/write-functions";
import { writeTable, writeView } from "./types/write-relations";

/**
 * Prints the `Database` type of a schema in the shape of `supabase gen types typescript`, for
 * `createClient<Database>`. The same schema always gives the same text.
 */
export async function generateTypes(db: Database, schema = "public"): Promise<string> {
  const info = await readSchema(db, schema);
  const nameType = createTypeNamer(info, schema);
  const relations = [...info.relations].sort(byName);
  const isView = ({ kind }: { kind: string }) => kind === "v" || kind === "m";
  const own = info.types.filter((type) => type.schema === schema).sort(byName);
  const enums = own.filter((type) => type.kind === "e");
  const composites = own.filter((type) => type.relation === "c" && type.kind === "c");
  const parts = [
    writeBlock(
      "Tables",
      relations.filter((relation) => !isView(relation)).map((table) => writeTable(table, nameType)),
    ),
    writeBlock(
      "Views",
      relations.filter(isView).map((view) => writeView(view, nameType)),
    ),
    writeBlock("Functions", writeFunctions(info, nameType)),
    writeBlock(
      "Enums",
      enums.map(({ name, labels }) => `${writeKey(name)}: ${writeUnion(labels)}`),
    ),
    writeBlock(
      "CompositeTypes",
      composites.map(({ name, fields }) =>
        writeBlock(
          writeKey(name),
          [...fields].sort(byName).map((field) => `${writeKey(field.name)}: ${nameType(field.type)} | null`),
        ),
      ),
    ),
  ];
  return `${HEAD}${indent(writeBlock(writeKey(schema), parts))}\n}\n\n${writeHelperTypes(schema)}\n${writeConstants(schema, enums)}`;
}

const HEAD = `export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Tells createClient which PostgREST the types are for.
  __InternalSupabase: {
    PostgrestVersion: "13"
  }
`;

function writeUnion(labels: readonly string[]): string {
  return labels.map((label) => JSON.stringify(label)).join(" | ") || "never";
}

function writeConstants(
  schema: string,
  enums: ReadonlyArray<{ readonly name: string; readonly labels: readonly string[] }>,
): string {
  const lists = enums
    .map(({ name, labels }) => `      ${writeKey(name)}: ${JSON.stringify(labels)},\n`)
    .join("");
  const body = lists ? `{\n${lists}    }` : "{}";
  return `export const Constants = {\n  ${writeKey(schema)}: {\n    Enums: ${body},\n  },\n} as const\n`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
