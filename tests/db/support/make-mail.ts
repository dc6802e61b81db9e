import { randomUUID } from "node:crypto";
import type { Desk } from "./desk";
import type { Contact } from "./make-market";
import type { Session } from "./sessions";

export interface Reservation {
  readonly outcome: "reserved" | "wait";
  readonly reason?: string;
  readonly until?: string | null;
  readonly send?: {
    readonly id: string;
    readonly to: string;
    readonly step: number | null;
    readonly kind: string;
    readonly key: string;
    readonly threadEntryId: string | null;
  };
}

export const reserve = (session: Session, mailboxId: string | undefined, now: string) =>
  session.call<Reservation>("reserve_send", { p_mailbox_id: mailboxId, p_now: now });

export interface Sent {
  readonly id: string;
  readonly messageId: string;
  readonly conversationId: string;
}

/** Reserves the next mail of a mailbox and records that it left. */
export async function sendNext(desk: Desk, mailboxId: string | undefined, now: string): Promise<Sent> {
  const { send, reason } = await reserve(desk.service, mailboxId, now);
  if (!send) throw new Error(`nothing was reserved: ${reason}`);
  const sent = {
    id: send.id,
    messageId: `<${send.id}@desk.test>`,
    conversationId: `conversation-${send.id}`,
  };
  await desk.service.call("record_send", {
    p_id: send.id,
    p_to: "sent",
    p_evidence: {
      sentAt: now,
      messageId: sent.messageId,
      conversationId: sent.conversationId,
      entryId: `entry-${send.id}`,
    },
  });
  return sent;
}

export interface Ingested {
  readonly inserted: boolean;
  readonly id?: string;
  readonly contactId?: string | null;
  readonly matchedBy?: string | null;
}

/** An inbound mail as the sync hands it over. */
export function mailFrom(from: Contact | string, extra: Readonly<Record<string, unknown>> = {}) {
  return {
    entryId: `entry-${randomUUID()}`,
    messageId: `<${randomUUID()}@owners.test>`,
    receivedAt: "2031-05-08T16:00:00Z",
    fromEmail: typeof from === "string" ? from : from.email,
    subject: "Re: Mail 1",
    bodyText: "…",
    visibleText: "…",
    ...extra,
  };
}

export const ingest = (
  session: Session,
  mailboxId: string | undefined,
  email: Readonly<Record<string, unknown>>,
) => session.call<Ingested>("ingest_email", { p_mailbox_id: mailboxId, p_email: email });

/** Ingests a mail that must be new, and returns its id. */
export async function receive(
  desk: Desk,
  mailboxId: string | undefined,
  email: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id } = await ingest(desk.service, mailboxId, email);
  if (!id) throw new Error("the mail was not new");
  return id;
}

export interface Routed {
  readonly outcome: string;
  readonly toPerson?: boolean;
  readonly did?: readonly string[];
}

export const route = (
  session: Session,
  emailId: string,
  category: string,
  details: Readonly<Record<string, unknown>> = {},
  confidence: number | null = 0.95,
) =>
  session.call<Routed>("route_email", {
    p_id: emailId,
    p_category: category,
    p_confidence: confidence,
    p_reason: `it reads as ${category}`,
    p_decided_by: "rules",
    p_details: details,
  });
