import type { FunctionInfo, SchemaInfo } from "./read-schema";
import { byName, writeBlock, writeKey } from "./write-block";

type NameType = (oid: string) => string;

/** Overloads of one name become a union, as supabase-js expects. */
export function writeFunctions(info: SchemaInfo, nameType: NameType): string[] {
  const byFunction = new Map<string, string[]>();
  for (const routine of [...info.functions].sort(byName)) {
    const signature = writeSignature(info, routine, nameType);
    byFunction.set(routine.name, [...(byFunction.get(routine.name) ?? []), signature]);
  }
  return [...byFunction].map(([name, signatures]) =>
    signatures.length === 1
      ? `${writeKey(name)}: ${signatures[0]}`
      : `${writeKey(name)}:\n${signatures.map((signature) => `  | ${signature.replace(/\n/g, "\n    ")}`).join("\n")}`,
  );
}

function writeSignature(info: SchemaInfo, routine: FunctionInfo, nameType: NameType): string {
  const args = routine.args
    .map((argument, index) => ({ ...argument, optional: index >= routine.required }))
    .sort(byName)
    .map(({ name, type, optional }) => `${writeKey(name)}${optional ? "?" : ""}: ${nameType(type)}`);
  const parts = [
    args.length > 0 ? writeBlock("Args", args) : "Args: never",
    `Returns: ${writeReturn(routine, nameType)}`,
    ...writeSetofOptions(info, routine),
  ];
  return writeBlock("", parts).slice(2);
}

function writeReturn({ columns, returns, set }: FunctionInfo, nameType: NameType): string {
  const fields = [...columns].sort(byName).map(({ name, type }) => `${writeKey(name)}: ${nameType(type)}`);
  const [only] = columns;
  // A single OUT argument is the value itself; RETURNS TABLE (…) and several are a row.
  const row = fields.length > 1 || (only && nameType(returns) === "Record<string, unknown>");
  const value = row ? writeBlock("", fields).slice(2) : nameType(returns);
  return set ? `${value}[]` : value;
}

/** Lets supabase-js embed relations of the table whose rows a function returns. */
function writeSetofOptions({ types }: SchemaInfo, { returns, set }: FunctionInfo): string[] {
  const type = types.find(({ oid }) => oid === returns);
  if (!type?.relation || type.relation === "c") return [];
  return [
    writeBlock("SetofOptions", [
      'from: "*"',
      `to: ${JSON.stringify(type.name)}`,
      `isOneToOne: ${!set}`,
      `isSetofReturn: ${set}`,
    ]),
  ];
}
