import "server-only";
import { z } from "zod";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import { MailboxError, type MailboxErrorKind, type OutgoingMail } from "@/lib/mailbox/transport";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { recordSend } from "./record-send";
import type { ReservedSend } from "./reserve-send";
import { unsubscribeHeaders } from "./unsubscribe-headers";

export type HandOverOutcome = "sent" | "uncertain" | "failed" | "waiting" | "stopped" | "settled";

const beganSchema = z.enum(["go", "stopped", "began", "settled"]);

/** Failures after which a mail waits and is tried again, and for how long, in seconds. */
const TRY_AGAIN_S: Partial<Record<MailboxErrorKind, number>> = {
  unreachable: 60,
  busy: 60,
  rate: 300,
  // These two pause the mailbox: a person is needed, and the mail stays as it is.
  auth: 0,
  "unknown-mailbox": 0,
};

/**
 * Hands a reserved mail to its relay and records what is known afterwards. A failure that surely came before the
 * hand-over gives the place back; any other leaves the send `uncertain`, to be looked up, never simply retried. Run again
 * for the same reservation, as after a crash, it hands nothing over: whether the first run did is for the mailbox to say.
 * @throws {DatabaseError} when the database cannot be asked; nothing was handed over then, or the sweep looks it up.
 */
export async function handOver(send: ReservedSend): Promise<HandOverOutcome> {
  const mail = await toMail(send);
  const began = beganSchema.parse(
    unwrap(await serviceDb().rpc("begin_hand_over", { p_id: send.id, p_attempt: send.attempt })),
  );
  if (began === "stopped" || began === "settled") return began;
  if (began === "began") {
    await recordSend(
      send.id,
      "uncertain",
      "the process that handed it over ended before it said what became of it",
    );
    return "uncertain";
  }
  try {
    const { item } = await relayAt(send.relayUrl).send(mail);
    await recordSend(send.id, "sent", undefined, {
      entryId: item?.entryId,
      messageId: item?.internetMessageId,
      conversationId: item?.conversationId,
      sentAt: item?.sentAtUtc,
    });
    return "sent";
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    return recordFailure(send, error);
  }
}

async function toMail(send: ReservedSend): Promise<OutgoingMail> {
  return {
    account: send.mailbox,
    key: send.key,
    to: send.to,
    subject: send.subject,
    bodyText: send.body,
    replyToEntryId: send.threadEntryId ?? undefined,
    again: send.again || undefined,
    // An answer a person wrote is no mass mail.
    listUnsubscribe: send.kind === "sequence" ? await unsubscribeHeaders(send.id, send.mailbox) : undefined,
  };
}

async function recordFailure(send: ReservedSend, error: MailboxError): Promise<HandOverOutcome> {
  const evidence = { errorKind: error.kind };
  if (!error.certain) {
    await recordSend(send.id, "uncertain", error.message, evidence);
    return "uncertain";
  }
  const waitS = TRY_AGAIN_S[error.kind];
  if (waitS === undefined) {
    await recordSend(send.id, "failed", error.message, evidence);
    return "failed";
  }
  const dueAt = waitS > 0 ? new Date(Date.now() + waitS * 1000).toISOString() : undefined;
  await recordSend(send.id, "scheduled", error.message, { ...evidence, dueAt });
  return "waiting";
}
