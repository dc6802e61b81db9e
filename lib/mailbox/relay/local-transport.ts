import "server-only";
import { joinTransports, type LocalTransport } from "@/lib/mailbox/join-transports";
import { outlookTransport } from "@/lib/mailbox/outlook/outlook-transport";
import { readAccounts } from "@/lib/mailbox/smtp-imap/read-accounts";
import { smtpImapTransport } from "@/lib/mailbox/smtp-imap/smtp-imap-transport";
import type { MailTransport } from "@/lib/mailbox/transport";
import { env } from "@/lib/server/env";

let cached: MailTransport | undefined;

/**
 * The mailboxes of the machine this relay runs on: accounts configured for SMTP + IMAP, and everything else is Outlook's.
 * Another transport is one more entry of this list, before Outlook.
 * @throws {ConfigError} when the mail accounts' settings are wrong.
 */
export function localTransport(): MailTransport {
  cached ??= joinTransports(listTransports());
  return cached;
}

function listTransports(): LocalTransport[] {
  const settings = env();
  const accounts = readAccounts(settings, process.env);
  const addresses = new Set(accounts.map((one) => one.address));
  const parts: LocalTransport[] = [];
  if (accounts.length > 0)
    parts.push({
      name: "smtp",
      transport: smtpImapTransport(accounts),
      owns: (address) => addresses.has(address),
    });
  // Without accounts of another kind Outlook is asked even where it cannot be, to hear what it says about that.
  if (accounts.length === 0 || settings.OUTLOOK_HOST || process.platform === "win32")
    parts.push({ name: "outlook", transport: outlookTransport, owns: () => true });
  return parts;
}
