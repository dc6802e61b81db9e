import MailComposer from "nodemailer/lib/mail-composer";
import { KEY_HEADER } from "../outlook/contract";
import type { OutgoingMail } from "../transport";
import type { MailAccount } from "./account";

/** What a follow-up answers: the thread is these two headers (RFC 5322, section 3.6.4), not the subject. */
export interface ThreadOriginal {
  readonly messageId: string;
  /** Message-IDs of the mails before it, oldest first */
  readonly references: readonly string[];
}

const MAX_REFERENCES = 30;

/** The one Message-ID a key ever has, so that a second copy is recognised by every server on its way. */
export function messageIdOf(key: string, address: string): string {
  return `<${key}@${address.slice(address.lastIndexOf("@") + 1)}>`;
}

function listHeaders({ listUnsubscribe }: OutgoingMail): { key: string; value: string }[] {
  if (!listUnsubscribe) return [];
  const ways = [listUnsubscribe.url, listUnsubscribe.mailto].filter((way) => way !== undefined);
  const header = { key: "List-Unsubscribe", value: ways.map((way) => `<${way}>`).join(", ") };
  return listUnsubscribe.url
    ? [header, { key: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }]
    : [header];
}

/**
 * The mail's RFC 5322 source: plain text, key header, deterministic Message-ID, CRLF line ends. The same bytes go to the
 * server and into Sent.
 */
export async function composeMail(
  mail: OutgoingMail,
  account: MailAccount,
  original: ThreadOriginal | null,
  date: Date,
): Promise<Buffer> {
  return new MailComposer({
    from: { name: account.name, address: account.address },
    to: mail.to,
    subject: mail.subject,
    text: mail.bodyText,
    date,
    messageId: messageIdOf(mail.key, account.address),
    headers: [{ key: KEY_HEADER, value: mail.key }, ...listHeaders(mail)],
    newline: "\r\n",
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(original?.messageId
      ? {
          inReplyTo: original.messageId,
          references: [...original.references, original.messageId].slice(-MAX_REFERENCES),
        }
      : {}),
  })
    .compile()
    .build();
}
