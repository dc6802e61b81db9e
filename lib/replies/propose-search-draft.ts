import "server-only";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import { loadLookups } from "@/lib/criteria/lookups";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { draftSearch } from "./draft-search";
import { readReplyFacts } from "./reply-facts";

/** The form of a new search for whoever wrote this mail, as a person will find it filled in. */
export async function proposeSearchDraft(emailId: string): Promise<CriteriaDraft> {
  const db = serviceDb();
  const [email, lookups] = await Promise.all([
    db
      .from("synced_emails")
      .select(
        "from_email, from_name, visible_text, body_text, facts, companies!synced_emails_company_id_fkey(name)",
      )
      .eq("id", emailId)
      .single(),
    loadLookups(db),
  ]);
  const mail = unwrap(email);
  const { askingPrice, capRate } = readReplyFacts(mail.facts);
  return draftSearch(
    {
      fromName: mail.from_name ?? "",
      fromEmail: mail.from_email ?? "",
      company: mail.companies?.name ?? "",
      text: mail.visible_text || mail.body_text,
      prices: { askingPrice: askingPrice ?? null, capRate: capRate ?? null },
    },
    lookups,
  );
}
