import type { SchemaInfo, TypeInfo } from "./read-schema";

const SCALARS: Readonly<Record<string, string>> = {
  bool: "boolean",
  int2: "number",
  int4: "number",
  int8: "number",
  float4: "number",
  float8: "number",
  numeric: "number",
  json: "Json",
  jsonb: "Json",
  void: "undefined",
  record: "Record<string, unknown>",
};
const STRINGS = new Set(
  "bytea bpchar varchar char name date text citext time timetz timestamp timestamptz interval uuid vector xml inet cidr macaddr tsvector tsquery bit varbit money".split(
    " ",
  ),
);

/** Gives the TypeScript name of a Postgres type by its oid, the way PostgREST prints its values as JSON. */
export function createTypeNamer({ types }: SchemaInfo, schema: string): (oid: string) => string {
  const byOid = new Map(types.map((type) => [type.oid, type]));
  const at = (kind: string, name: string) => `Database["${schema}"]["${kind}"][${JSON.stringify(name)}]`;
  const name = (type: TypeInfo | undefined): string => {
    if (!type) return "unknown";
    if (type.kind === "a") {
      const element = name(byOid.get(type.of));
      return element === "unknown" ? "unknown[]" : `${element}[]`;
    }
    if (type.kind === "d") return name(byOid.get(type.of));
    if (type.schema === schema && type.kind === "e") return at("Enums", type.name);
    if (type.schema === schema && type.relation === "c") return at("CompositeTypes", type.name);
    if (type.schema === schema && type.relation)
      return `${at(type.relation === "v" || type.relation === "m" ? "Views" : "Tables", type.name)}["Row"]`;
    if (STRINGS.has(type.name)) return "string";
    return Object.hasOwn(SCALARS, type.name) ? (SCALARS[type.name] ?? "unknown") : "unknown";
  };
  return (oid) => name(byOid.get(oid));
}
