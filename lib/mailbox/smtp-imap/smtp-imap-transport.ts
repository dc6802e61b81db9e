import "server-only";
import { MailboxError } from "../mailbox-error";
import type { HostInfo, MailTransport } from "../transport";
import type { MailAccount } from "./account";
import { findByKey } from "./find-by-key";
import { findFolders } from "./find-folders";
import { readMark } from "./hand-over-marks";
import { inTurn } from "./in-turn";
import { keepTrying } from "./keep-trying";
import { listFolder } from "./list-folder";
import { inImap } from "./open-imap";
import { itemOfMark, sendMail } from "./send-mail";
import { watchInbox } from "./watch-inbox";

const PRODUCT = "SMTP and IMAP";

/** Mail accounts without Outlook: sent by SMTP, found, read and listened to by IMAP. `silenceMs` is for tests. */
export function smtpImapTransport(
  accounts: readonly MailAccount[],
  silenceMs?: number,
): MailTransport & { watch: NonNullable<MailTransport["watch"]> } {
  const accountOf = (address: string): MailAccount => {
    const account = accounts.find((one) => one.address === address.toLowerCase());
    if (account) return account;
    throw new MailboxError(`This relay has no account ${address}.`, true, { kind: "unknown-mailbox" });
  };
  return {
    ping: async () => hostInfo(accounts),
    send: async (mail) => {
      const account = accountOf(mail.account);
      return inTurn(account.address, () => sendMail(account, mail, silenceMs));
    },
    find: async (address, key) => {
      const account = accountOf(address);
      const found = await keepTrying(() =>
        inImap(account, async (client) =>
          findByKey(client, account, await findFolders(client, account), key),
        ),
      );
      const mark = await readMark(key);
      return found?.folder !== "sent" && mark?.state === "taken" ? itemOfMark(mark) : found;
    },
    list: async (address, folder, sinceUtc, limit) => {
      const account = accountOf(address);
      return keepTrying(() =>
        inImap(account, async (client) => {
          const path = (await findFolders(client, account))[folder];
          return path ? listFolder(client, path, sinceUtc, limit) : { items: [], more: false };
        }),
      );
    },
    watch: (address, onMail) => watchInbox(accountOf(address), onMail),
  };
}

function hostInfo(accounts: readonly MailAccount[]): HostInfo {
  const mailboxes = accounts.map(({ address, imap }) => ({
    address,
    transport: "smtp",
    product: PRODUCT,
    version: `at ${imap.host}`,
    standIn: false,
  }));
  const version = mailboxes.length === 1 ? (mailboxes[0]?.version ?? "") : "";
  return {
    product: PRODUCT,
    version,
    standIn: false,
    accounts: accounts.map((one) => one.address),
    mailboxes,
  };
}
