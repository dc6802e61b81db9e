import "server-only";
import { Readable } from "node:stream";
import SMTPConnection, { type SMTPConnectionSendInfo } from "nodemailer/lib/smtp-connection";
import type { MailAccount } from "./account";
import { toSmtpFailure } from "./smtp-failure";

const CONNECT_MS = 15_000;
/** How long a server may be silent, also after the end of the mail. Tests ask for less. */
const SILENCE_MS = 30_000;

export interface Submitted {
  /** The server's own words for having taken the mail */
  readonly response: string;
  /** Message-ID the server put in the place of ours, with brackets; Microsoft 365 does */
  readonly serverMessageId: string | undefined;
}

/**
 * Hands one mail to the account's SMTP server and waits for its word. `beforeData` runs when everything but the mail itself
 * was said; when it throws, nothing was handed over.
 * @throws {MailboxError} certain until the mail's first byte may have been read, and after a refusal.
 */
export async function submitMail(
  account: MailAccount,
  to: string,
  source: Buffer,
  beforeData: () => Promise<void>,
  silenceMs = SILENCE_MS,
): Promise<Submitted> {
  const connection = openConnection(account, silenceMs);
  let begun = false;
  try {
    const lost = new Promise<never>((_, reject) => connection.once("error", reject));
    // Whoever waits hears of it; nobody may be waiting any more when a server hangs up on a finished session.
    lost.catch(() => undefined);
    await Promise.race([lost, connect(connection)]);
    await Promise.race([lost, logIn(connection, account)]);
    await beforeData();
    // Read only after the server said "go ahead" to DATA.
    const mail = Readable.from(
      (function* () {
        begun = true;
        yield source;
      })(),
    );
    const envelope = { from: account.address, to, size: source.length };
    const info = await Promise.race([lost, send(connection, envelope, mail)]);
    connection.quit();
    return { response: info.response, serverMessageId: info.serverMessageId };
  } catch (cause) {
    connection.close();
    throw toSmtpFailure(cause, begun);
  }
}

function openConnection({ smtp, ca }: MailAccount, silenceMs: number): SMTPConnection {
  return new SMTPConnection({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === "tls",
    requireTLS: smtp.security === "starttls",
    ignoreTLS: smtp.security === "none",
    tls: { ca: ca && [ca], minVersion: "TLSv1.2" },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    maxResponseSize: 64_000,
    logger: false,
  });
}

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
}

function logIn(connection: SMTPConnection, { user, password }: MailAccount): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ user, pass: password }, (error) => (error ? reject(error) : resolve()));
  });
}

function send(
  connection: SMTPConnection,
  envelope: { from: string; to: string; size: number },
  mail: Readable,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => {
    connection.send(envelope, mail, (error, info) => (error ? reject(error) : resolve(info)));
  });
}
