import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { IMPORT_FIELDS, type ImportField, type Mapping } from "./columns";

/**
 * Says which column is what, remembers it for exports with the same headers, and has the rows checked anew.
 * @returns the import's status then. @throws {Refused} for a column the file does not have, or one that is named twice.
 */
export async function mapImport(db: Db, id: string, mapping: Mapping): Promise<string> {
  const { headers } = unwrap(await db.from("imports").select("headers").eq("id", id).single());
  const taken = new Map<string, string>();
  for (const [field, label] of Object.entries(mapping)) {
    const name = IMPORT_FIELDS[field as ImportField].label;
    if (!headers.includes(label)) throw new Refused(`${name}: the file has no column “${label}”.`);
    const other = taken.get(label);
    if (other)
      throw new Refused(`“${label}” is chosen for ${other} and for ${name}. A column can be one of them.`);
    taken.set(label, name);
  }
  return unwrap(
    await db.rpc("map_import", { p_id: id, p_mapping: { ...mapping } as Json, p_remember: true }),
  );
}
