import "server-only";
import { decideByRules, type RuleDecision } from "@/lib/mail-rules/decide-by-rules";
import { mailFromFields } from "@/lib/mail-rules/mail-from-fields";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/** A stored mail with what the rules make of it and the mail of ours it answers. */
export interface OpenedEmail {
  readonly email: Tables<"synced_emails">;
  readonly sent: { readonly subject: string; readonly body: string } | null;
  readonly decision: RuleDecision;
}

/** Reads stored mails and applies the rules to each; a mail that is gone is left out. */
export async function openEmails(ids: readonly string[]): Promise<OpenedEmail[]> {
  const [rows, own] = await Promise.all([
    serviceDb()
      .from("synced_emails")
      .select("*, sends!synced_emails_send_id_fkey(subject, body)")
      .in("id", [...ids]),
    listOwnAddresses(),
  ]);
  const opened: OpenedEmail[] = [];
  for (const { sends, ...email } of unwrap(rows))
    opened.push({ email, sent: sends, decision: await decide(email, own) });
  return opened;
}

/** The addresses of the desk's own mailboxes, lower case. */
export async function listOwnAddresses(): Promise<ReadonlySet<string>> {
  return new Set(unwrap(await serviceDb().from("mailboxes").select("address")).map((row) => row.address));
}

async function decide(
  email: Tables<"synced_emails">,
  ownAddresses: ReadonlySet<string>,
): Promise<RuleDecision> {
  const mail = email.raw_source
    ? await parseMail(email.raw_source)
    : mailFromFields({
        subject: email.subject,
        text: email.body_text,
        html: email.body_html ?? "",
        headersText: email.headers ?? "",
        messageClass: email.message_class,
        messageId: email.internet_message_id ?? undefined,
        from: email.from_email ? { address: email.from_email, name: email.from_name ?? "" } : undefined,
        date: email.received_at,
      });
  return decideByRules(mail, { ownAddresses });
}
