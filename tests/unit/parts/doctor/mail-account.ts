import type { MailAccount } from "@/lib/mailbox/smtp-imap/account";

export function mailAccount(address = "desk@example.com"): MailAccount {
  return {
    address,
    name: "Dana",
    user: address,
    password: "very-secret-word",
    ca: undefined,
    smtp: { host: "smtp.example.com", port: 465, security: "tls" },
    imap: { host: "imap.example.com", port: 993, security: "tls" },
    sentCopy: "auto",
    folders: {},
  };
}
