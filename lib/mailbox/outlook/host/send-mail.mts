import { findAccount } from "./accounts.mts";
import { composeMail, createMail } from "./compose-mail.mts";
import { describeFound, type FoundItem, type Located, locateMail } from "./find-mail.mts";
import type { SendRequest } from "./request.mts";
import { whenFree } from "./when-free.mts";

/**
 * How far a send has come. `tried`: Outlook was told to send, so nothing may be repeated blindly. `mayHaveLeft`: it was
 * told, and nothing proves that the mail stayed.
 */
export interface Progress {
  tried: boolean;
  mayHaveLeft: boolean;
}

export interface SendResult {
  status: "submitted" | "already";
  item: FoundItem | null;
}

// A mail passes through the Outbox within a second or two; its lasting entry id and Message-ID are those in Sent Items.
var LOOKS = 6;
var LOOK_PAUSE_MS = 500;

/** Sends one mail per key: one that is in Sent Items or the Outbox is not sent again, one left in Drafts is carried on. */
export function sendMail(
  app: Outlook.Application,
  session: Outlook.NameSpace,
  request: SendRequest,
  progress: Progress,
): SendResult {
  var account = findAccount(session, request.account);
  var before = locateMail(session, account, request.idempotencyId);
  if (before && before.folder !== "drafts") return { status: "already", item: describeFound(before) };
  var mail = before ? before.mail : createMail(app, session, account, request);
  composeMail(session, account, mail, request);
  handOver(session, account, mail, request, progress);
  return { status: "submitted", item: waitForSent(session, account, request.idempotencyId) };
}

function handOver(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  mail: Outlook.MailItem,
  request: SendRequest,
  progress: Progress,
): void {
  progress.tried = true;
  progress.mayHaveLeft = true;
  try {
    whenFree(
      () => {
        mail.Send();
      },
      () => true,
    );
  } catch (error) {
    // The folders say what an error cannot: in Sent Items or the Outbox it was handed over, in Drafts it was not.
    var after = locateOrNull(session, account, request.idempotencyId);
    if (after && after.folder !== "drafts") return;
    if (after && !isSubmitted(after.mail)) progress.mayHaveLeft = false;
    throw error;
  }
}

function isSubmitted(mail: Outlook.MailItem): boolean {
  try {
    return mail.Submitted !== false || mail.Sent !== false;
  } catch {
    // Not knowing is not "no".
    return true;
  }
}

function locateOrNull(session: Outlook.NameSpace, account: Outlook.Account, key: string): Located | null {
  try {
    return locateMail(session, account, key);
  } catch {
    // The hand-over's own error is the one to report; without a look it stays uncertain.
    return null;
  }
}

function waitForSent(session: Outlook.NameSpace, account: Outlook.Account, key: string): FoundItem | null {
  for (var look = 1; ; look++) {
    var located = locateOrNull(session, account, key);
    if ((located && located.folder === "sent") || look >= LOOKS) return located && describeSafely(located);
    WScript.Sleep(LOOK_PAUSE_MS);
  }
}

/** The mail is with Outlook: failing to describe it must not look like failing to send it. */
function describeSafely(located: Located): FoundItem | null {
  try {
    return describeFound(located);
  } catch {
    return null;
  }
}
