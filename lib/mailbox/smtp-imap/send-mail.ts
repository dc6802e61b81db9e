import "server-only";
import { MailboxError } from "../mailbox-error";
import { outgoingMailSchema } from "../outgoing-mail";
import type { FoundItem, HandOver, OutgoingMail } from "../transport";
import type { MailAccount } from "./account";
import { composeMail, messageIdOf } from "./compose-mail";
import { writeEntryId } from "./entry-id";
import { fileCopy } from "./file-copy";
import { findByKey } from "./find-by-key";
import { findFolders } from "./find-folders";
import { clearMark, type HandOverMark, readMark, writeMark } from "./hand-over-marks";
import { keepTrying } from "./keep-trying";
import { inImap } from "./open-imap";
import { readOriginal } from "./read-original";
import { type Submitted, submitMail } from "./submit-mail";

/**
 * Sends one mail once: looks its key up in Sent and among the marks of hand-overs first, submits it, files the copy.
 * @throws {MailboxError}
 */
export async function sendMail(
  account: MailAccount,
  mail: OutgoingMail,
  silenceMs?: number,
): Promise<HandOver> {
  refuseBadMail(mail);
  const mark = await readMark(mail.key);
  // The look comes first and must succeed: without it a second copy could leave.
  const { found, original } = await keepTrying(() =>
    inImap(account, async (client) => ({
      found: await findByKey(client, account, await findFolders(client, account), mail.key),
      original: mail.replyToEntryId ? await readOriginal(client, mail.replyToEntryId) : null,
    })),
  );
  if (found?.folder === "sent") {
    await clearMark(mail.key);
    return { status: "already", item: found };
  }
  if (mark?.state === "handing" && !mail.again)
    throw new MailboxError(
      `This mail was handed over before${mark.at && ` (${mark.at})`} and the server did not confirm it.`,
      false,
    );
  const date = mark?.state === "taken" ? new Date(mark.at) : new Date();
  const source = await composeMail(mail, account, original, date);
  if (mark?.state === "taken") return filed("already", account, mail.key, source, mark);
  const at = date.toISOString();
  const messageId = messageIdOf(mail.key, account.address);
  const answer = await submit(account, mail, source, { state: "handing", at, messageId }, silenceMs);
  const taken: HandOverMark = { state: "taken", at, messageId: answer.serverMessageId ?? messageId };
  // Already taken by the server: a full disk now must not turn that into a failure.
  await writeMark(mail.key, taken).catch(() => undefined);
  return filed("submitted", account, mail.key, source, taken);
}

function refuseBadMail(mail: OutgoingMail): void {
  const parsed = outgoingMailSchema.safeParse(mail);
  if (parsed.success) return;
  const said = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new MailboxError(`The mail was refused: ${said}`, true, { kind: "invalid" });
}

async function submit(
  account: MailAccount,
  mail: OutgoingMail,
  source: Buffer,
  mark: HandOverMark,
  silenceMs: number | undefined,
): Promise<Submitted> {
  try {
    return await keepTrying(() =>
      submitMail(account, mail.to, source, () => writeMark(mail.key, mark), silenceMs),
    );
  } catch (error) {
    if (error instanceof MailboxError && error.certain) await clearMark(mail.key);
    throw error;
  }
}

async function filed(
  status: HandOver["status"],
  account: MailAccount,
  key: string,
  source: Buffer,
  taken: HandOverMark,
): Promise<HandOver> {
  const copy = await fileCopy(account, key, source, new Date(taken.at));
  // Until a copy can be found in Sent, the mark is what proves that the mail left.
  if (copy) await clearMark(key);
  const item = copy
    ? { ...copy, internetMessageId: taken.messageId, sentAtUtc: taken.at }
    : itemOfMark(taken);
  return { status, item };
}

/** What is known of a mail the server took and no folder shows. */
export function itemOfMark({ at, messageId }: HandOverMark): FoundItem {
  return {
    folder: "sent",
    entryId: writeEntryId({ folder: "", uidValidity: "0", uid: 0, messageId }),
    conversationId: null,
    internetMessageId: messageId,
    sentAtUtc: at,
  };
}
