import "server-only";
import { z } from "zod";
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

const rulingSchema = z.looseObject({
  kind: z.enum(["complaint", "receipt", "bounce", "own", "auto_reply", "opt_out", "undecided"]),
  why: z.string(),
  notForEver: z.string().nullable(),
});

/** Reads stored mails with what the rules found when they came in; a mail that is gone is left out. */
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

/** The addresses of the desk's own mailboxes and their aliases, lower case. */
export async function listOwnAddresses(): Promise<ReadonlySet<string>> {
  const rows = unwrap(await serviceDb().from("mailboxes").select("address, aliases"));
  return new Set(rows.flatMap((row) => [row.address, ...row.aliases].map((one) => one.toLowerCase())));
}

async function decide(
  email: Tables<"synced_emails">,
  ownAddresses: ReadonlySet<string>,
): Promise<RuleDecision> {
  const stored = rulingSchema.safeParse(email.ruling);
  // Written by us from this very type; what was stored before it was kept is judged once more.
  const { visible_text: visibleText, facts, flags } = email;
  if (stored.success)
    return { ...stored.data, visibleText: visibleText ?? "", facts, flags } as unknown as RuleDecision;
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
  return decideByRules(mail, { ownAddresses, receivedAt: email.received_at });
}
