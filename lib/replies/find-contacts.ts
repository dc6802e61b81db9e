import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { quote } from "@/lib/server/page-by-key";

export interface FoundContact {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly company: string | null;
}

/** Contacts whose name or address holds these words, or who belong to a company that does; ten at most. */
export async function findContacts(db: Db, words: string): Promise<FoundContact[]> {
  const pattern = `%${words.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const companies = unwrap(await db.from("companies").select("id").ilike("name", pattern).limit(20));
  const filters = [`full_name.ilike.${quote(pattern)}`, `email.ilike.${quote(pattern)}`];
  if (companies.length > 0) filters.push(`company_id.in.(${companies.map(({ id }) => id).join(",")})`);
  const rows = unwrap(
    await db
      .from("contacts")
      .select("id, full_name, email, companies(name)")
      .or(filters.join(","))
      .order("full_name")
      .order("id")
      .limit(10),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.full_name,
    email: row.email,
    company: row.companies?.name ?? null,
  }));
}
