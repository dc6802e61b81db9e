import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

export interface SuggestedMatch {
  readonly contactId: string;
  readonly name: string;
  readonly email: string | null;
  readonly company: string | null;
  /** "same domain, and we wrote to them under this subject" */
  readonly why: string;
}

/** Contacts an unmatched mail may be from, best first, eight at most. */
export async function suggestMatches(db: Db, emailId: string): Promise<SuggestedMatch[]> {
  return unwrap(await db.rpc("suggest_matches", { p_email_id: emailId })).map((row) => ({
    contactId: row.contact_id,
    name: row.full_name,
    email: row.email,
    company: row.company,
    why: row.why,
  }));
}
