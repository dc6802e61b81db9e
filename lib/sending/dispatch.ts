import "server-only";
import { z } from "zod";
import { ensure, unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { MailboxError } from "@/lib/mailbox/transport";
import { relayAt } from "@/lib/relay/relay-client";

const reservedSendSchema = z.object({
  id: z.string(),
  key: z.string(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  step: z.number().nullable(),
  kind: z.enum(["sequence", "manual_reply"]),
  mailbox: z.string(),
  threadEntryId: z.string().nullable(),
  /** Seconds to leave before the next mail of this campaign */
  spacingS: z.number(),
});
export type ReservedSend = z.infer<typeof reservedSendSchema>;

const reservationSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("reserved"), send: reservedSendSchema }),
  z.object({ outcome: z.literal("wait"), reason: z.string(), until: z.string().nullish() }),
]);
export type Reservation = z.infer<typeof reservationSchema>;

/** Reserves a mailbox's next due mail, with every limit and switch checked in the same transaction. */
export async function reserveSend(mailboxId: string): Promise<Reservation> {
  return reservationSchema.parse(unwrap(await serviceDb().rpc("reserve_send", { p_mailbox_id: mailboxId })));
}

export type HandOverOutcome = "sent" | "uncertain" | "failed" | "waiting";

/**
 * Hands a reserved mail to its relay and records what is known afterwards. A failure that surely came before the
 * hand-over gives the place back; any other leaves the send `uncertain`, to be looked up, never simply retried.
 */
export async function handOver(mailboxId: string, send: ReservedSend): Promise<HandOverOutcome> {
  const relay = relayAt(await relayUrlOf(mailboxId));
  try {
    const { item } = await relay.send({
      account: send.mailbox,
      key: send.key,
      to: send.to,
      subject: send.subject,
      bodyText: send.body,
      replyToEntryId: send.threadEntryId ?? undefined,
    });
    await recordSend(send.id, "sent", undefined, {
      entryId: item?.entryId,
      messageId: item?.internetMessageId,
      conversationId: item?.conversationId,
      sentAt: item?.sentAtUtc,
    });
    return "sent";
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    if (!error.certain) {
      await recordSend(send.id, "uncertain", error.message);
      return "uncertain";
    }
    if (/cannot be reached|could not be started/.test(error.message)) {
      const dueAt = new Date(Date.now() + 60_000).toISOString();
      await recordSend(send.id, "scheduled", error.message, { dueAt });
      return "waiting";
    }
    await recordSend(send.id, "failed", error.message);
    return "failed";
  }
}

/** Writes what became of a send; false when it was settled before. */
export async function recordSend(
  sendId: string,
  to: "sent" | "uncertain" | "failed" | "scheduled" | "cancelled",
  reason?: string,
  evidence: Readonly<Record<string, string | boolean | null | undefined>> = {},
): Promise<boolean> {
  const known = Object.fromEntries(Object.entries(evidence).filter(([, value]) => value != null));
  return unwrap(
    await serviceDb().rpc("record_send", {
      p_id: sendId,
      p_to: to,
      p_reason: reason,
      p_evidence: known as never,
    }),
  );
}

export async function relayUrlOf(mailboxId: string): Promise<string | null> {
  const row = unwrap(await serviceDb().from("mailboxes").select("relay_url").eq("id", mailboxId).single());
  return row.relay_url;
}

/** Ids of mailboxes that may send. */
export async function activeMailboxes(): Promise<string[]> {
  const rows = unwrap(
    await serviceDb().from("mailboxes").select("id").eq("status", "active").order("address"),
  );
  return rows.map((row) => row.id);
}

/** Ends campaigns with nothing left to send, and lets rested enrollments go on. */
export async function tidyCampaigns(): Promise<void> {
  ensure(await serviceDb().rpc("resume_rested", {}));
  ensure(await serviceDb().rpc("close_finished_campaigns"));
}
