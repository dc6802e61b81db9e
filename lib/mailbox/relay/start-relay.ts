import "server-only";
import { readAccounts } from "@/lib/mailbox/smtp-imap/read-accounts";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";
import { askRelay } from "./ask-relay";
import { localTransport } from "./local-transport";
import { relayAnswers } from "./protocol";
import { readRole } from "./read-role";
import { keepReporting } from "./report-to-console";

/**
 * Starts what a relay does by itself, and returns at once: it listens for mail, and where it is on a machine of its own it
 * reports to its console.
 * @param onMail hears of mail when the console is this process.
 * @returns whether this process is only a relay.
 * @throws {ConfigError} when its settings cannot work.
 */
export function startRelay(onMail: (address: string) => void): boolean {
  const role = readRole(env());
  if (!env().DRY_RUN) watchMailboxes(role ? (address) => tellConsole(role.consoleUrl, address) : onMail);
  if (role) keepReporting(role);
  return role !== null;
}

/** The console reads the mailbox each minute anyway; what it does not hear costs that minute. */
function tellConsole(consoleUrl: string, address: string): void {
  const body = JSON.stringify({ account: address });
  askRelay(consoleUrl, "POST", "/api/relay/arrived", body, relayAnswers.arrived).catch((error: unknown) => {
    logger.debug({ err: error }, "the console did not hear of new mail");
  });
}

/** Calls back with the address of every mailbox of this machine that can push, soon after mail came into it. */
function watchMailboxes(onMail: (address: string) => void): void {
  const transport = localTransport();
  for (const { address } of readAccounts(env(), process.env))
    transport.watch?.(address, () => onMail(address));
}
