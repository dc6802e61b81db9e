import "server-only";
import { z } from "zod";
import { isSameMailbox } from "@/lib/mail-rules/address-key";
import type { RuleOptions } from "@/lib/mail-rules/decide-by-rules";
import type { Json } from "@/lib/server/database.types";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const matchSchema = z.object({ sendId: z.string().nullish(), contactId: z.string().nullish() });

/** Mails of ours whose words are looked for in an answer; an older one is hardly ever quoted. */
const MOST_SENT = 20;

/**
 * What we know of the thread an inbound mail stands in: the words we sent, whom we mailed, our Message-IDs. An address
 * remembered for the contact counts as theirs.
 * @param match the mail as `toMatch` gives it.
 */
export async function loadThread(
  mailboxId: string,
  match: { readonly fromEmail: string | null },
): Promise<RuleOptions> {
  const answer = await serviceDb().rpc("match_email", {
    p_mailbox_id: mailboxId,
    p_email: match as unknown as Json,
  });
  const { sendId, contactId } = matchSchema.parse(unwrap(answer));
  if (!contactId) return { sent: [], mailedTo: null };
  const [sends, remembered] = await Promise.all([
    serviceDb()
      .from("sends")
      .select("id, body, to_email, message_id")
      .eq("contact_id", contactId)
      .not("handed_at", "is", null)
      .order("handed_at", { ascending: false })
      .limit(MOST_SENT),
    isRemembered(match.fromEmail, contactId),
  ]);
  const rows = unwrap(sends);
  const answered = rows.find((row) => row.id === sendId) ?? rows[0];
  const wasMailed = rows.some((row) => isSameMailbox(row.to_email, match.fromEmail ?? ""));
  return {
    sent: rows.map((row) => row.body),
    mailedTo: remembered || wasMailed ? match.fromEmail : (answered?.to_email ?? null),
    sentIds: new Set(rows.flatMap((row) => (row.message_id ? [row.message_id] : []))),
  };
}

async function isRemembered(address: string | null, contactId: string): Promise<boolean> {
  if (!address) return false;
  const row = unwrapMaybe(
    await serviceDb()
      .from("contact_addresses")
      .select("address")
      .eq("address", address)
      .eq("contact_id", contactId)
      .maybeSingle(),
  );
  return row !== null;
}
