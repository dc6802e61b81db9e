import "server-only";
import { readAccounts } from "@/lib/mailbox/smtp-imap/read-accounts";
import { env } from "@/lib/server/env";
import { localTransport } from "./local-transport";

/** Calls back with the address of every mailbox of this machine that can push, soon after mail came into it. */
export function watchMailboxes(onMail: (address: string) => void): void {
  const transport = localTransport();
  for (const { address } of readAccounts(env(), process.env))
    transport.watch?.(address, () => onMail(address));
}
