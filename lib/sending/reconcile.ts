import "server-only";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import { MailboxError } from "@/lib/mailbox/transport";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { recordSend } from "./record-send";

export type ReconcileOutcome = "sent" | "still_uncertain" | "for_a_person" | "settled";

/**
 * Looks an unfinished send up by its key in Sent Items and Outbox. Found: it is sent. Not found after the desk's grace
 * period: a person decides, because sending again could mail the same person twice.
 */
export async function reconcileSend(sendId: string, now = Date.now()): Promise<ReconcileOutcome> {
  const send = unwrapMaybe(
    await serviceDb()
      .from("sends")
      .select("id, status, idempotency_key, handed_at, needs_person, mailboxes(address, relay_url)")
      .eq("id", sendId)
      .in("status", ["sending", "uncertain"])
      .maybeSingle(),
  );
  if (!send?.idempotency_key) return "settled";
  if (send.status === "sending") await recordSend(send.id, "uncertain", "the hand-over was not confirmed");
  const found = await lookUp(send.mailboxes.address, send.mailboxes.relay_url, send.idempotency_key);
  if (found === "unreachable") return "still_uncertain";
  if (found && found.folder !== "drafts") {
    await recordSend(send.id, "sent", undefined, {
      entryId: found.entryId,
      messageId: found.internetMessageId,
      conversationId: found.conversationId,
      sentAt: found.sentAtUtc,
      foundIn: found.folder,
    });
    return "sent";
  }
  if (send.needs_person) return "for_a_person";
  if (now - Date.parse(send.handed_at ?? "") < (await graceMs())) return "still_uncertain";
  unwrap(
    await serviceDb()
      .from("sends")
      .update({
        needs_person: true,
        reason: found
          ? "lies in Drafts and did not leave; a person decides"
          : "not found in Sent Items or Outbox; a person decides",
      })
      .eq("id", send.id)
      .eq("status", "uncertain")
      .select("id"),
  );
  return "for_a_person";
}

/** A mail can sit in the Outbox for a while; only after this is "not found" an answer. */
async function graceMs(): Promise<number> {
  const desk = unwrap(
    await serviceDb().from("desk_settings").select("uncertain_grace_s").eq("id", 1).single(),
  );
  return desk.uncertain_grace_s * 1000;
}

async function lookUp(account: string, relayUrl: string | null, key: string) {
  try {
    return await relayAt(relayUrl).find(account, key);
  } catch (error) {
    if (error instanceof MailboxError) return "unreachable" as const;
    throw error;
  }
}
