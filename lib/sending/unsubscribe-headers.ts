import "server-only";
import type { OutgoingMail } from "@/lib/mailbox/transport";
import { env } from "@/lib/server/env";
import { unsubscribeKey } from "./unsubscribe-key";
import { signUnsubscribe } from "./unsubscribe-token";

/**
 * How the recipient of a send gets no more mail: by a mail to the mailbox, whose subject the rules know, and by one click
 * (RFC 8058) where the console has a public address.
 */
export async function unsubscribeHeaders(
  sendId: string,
  mailbox: string,
): Promise<NonNullable<OutgoingMail["listUnsubscribe"]>> {
  const mailto = `mailto:${encodeURIComponent(mailbox).replace("%40", "@")}?subject=unsubscribe`;
  const base = env().PUBLIC_URL;
  if (!base) return { mailto };
  const url = new URL("/unsubscribe", base);
  url.searchParams.set("token", signUnsubscribe(await unsubscribeKey(), sendId));
  return { mailto, url: url.href };
}
