import "server-only";
import type { ImapFlow } from "imapflow";
import { logger } from "@/lib/server/logger";
import type { MailAccount } from "./account";
import { toImapFailure } from "./imap-failure";
import { createImapClient } from "./open-imap";

/** Mails that come in together are one announcement. */
const QUIET_MS = 250;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A sign-in that is refused is not tried every second: providers lock accounts for that. */
const AUTH_PAUSE_MS = 15 * 60_000;

/**
 * Stays connected to the account's inbox by IDLE (RFC 2177) and calls back when something came in, and once after each
 * new connection, for what came meanwhile. Connects again by itself, ever more patiently.
 * @returns stops watching.
 */
export function watchInbox(account: MailAccount, onMail: () => void): () => void {
  let stopped = false;
  let failures = 0;
  let client: ImapFlow | undefined;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;

  const announce = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      onMail();
    }, QUIET_MS).unref();
  };
  const again = (pause: number) => {
    if (stopped) return;
    timer = setTimeout(() => void connect(), pause).unref();
  };

  async function connect(): Promise<void> {
    client = createImapClient(account, true);
    client.on("error", () => undefined);
    client.on("exists", ({ count, prevCount }) => {
      if (count > prevCount) announce();
    });
    const gone = new Promise<void>((resolve) => client?.once("close", resolve));
    try {
      await client.connect();
      await client.mailboxOpen("INBOX", { readOnly: true });
      failures = 0;
      announce();
      logger.debug({ account: account.address }, "listening for mail");
      // Left alone, the client starts to listen only after 15 idle seconds.
      void client.idle().catch(() => undefined);
      await gone;
      again(FIRST_PAUSE_MS);
    } catch (error) {
      client.close();
      const failure = toImapFailure(error);
      logger.debug({ account: account.address, err: failure }, "not listening for mail; trying again");
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++);
      again(failure.kind === "auth" ? AUTH_PAUSE_MS : pause);
    }
  }

  void connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    clearTimeout(soon);
    client?.close();
  };
}
