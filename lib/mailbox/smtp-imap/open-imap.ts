import "server-only";
import { ImapFlow } from "imapflow";
import type { MailAccount } from "./account";
import { toImapFailure } from "./imap-failure";

const CONNECT_MS = 15_000;
const SILENCE_MS = 30_000;

/** A client for the account that is not connected yet: TLS first, no logging of anything that is said. */
export function createImapClient({ imap, user, password, ca }: MailAccount, forPush = false): ImapFlow {
  return new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.security === "tls",
    doSTARTTLS: imap.security === "starttls",
    auth: { user, pass: password },
    tls: { ca: ca && [ca], minVersion: "TLSv1.2" },
    logger: false,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    // A connection that waits for mail is silent by nature; IDLE is renewed before providers drop it.
    ...(forPush ? { maxIdleTime: 4 * 60_000 } : { socketTimeout: SILENCE_MS, disableAutoIdle: true }),
    maxLineLength: 4_000_000,
    maxLiteralSize: 16_000_000,
    maxResponseSize: 32_000_000,
  });
}

/**
 * Signs in, works, signs out.
 * @throws {MailboxError} always certain: looking hands nothing over.
 */
export async function inImap<Result>(
  account: MailAccount,
  work: (client: ImapFlow) => Promise<Result>,
): Promise<Result> {
  const client = createImapClient(account);
  // A lost connection also rejects whatever waits for an answer; without a listener it would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const result = await work(client);
    await client.logout().catch(() => undefined);
    return result;
  } catch (cause) {
    throw toImapFailure(cause);
  } finally {
    client.close();
  }
}
