import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { MAILBOX_ERROR_KINDS } from "@/lib/mailbox/mailbox-error";
import { outgoingMailSchema } from "@/lib/mailbox/outgoing-mail";
import { foundItemSchema, listedItemSchema } from "@/lib/mailbox/outlook/contract";

export const relaySendSchema = outgoingMailSchema;
export const relayFindSchema = z.object({ account: z.email().max(254), key: z.string().max(64) });
export const relayListSchema = z.object({
  account: z.email().max(254),
  folder: z.enum(["inbox", "junk", "sent"]),
  sinceUtc: z.iso.datetime(),
  limit: z.number().int().min(1).max(500).default(200),
});

const hostMailboxSchema = z.object({
  address: z.email().max(254),
  transport: z.string().regex(/^[a-z]{2,20}$/),
  product: z.string().max(200).default(""),
  version: z.string().max(200).default(""),
  standIn: z.boolean().default(false),
});

/** What a relay tells the console about itself */
export const relayReportSchema = z.object({
  /** Where the console reaches it */
  url: z.url({ protocol: /^https?$/ }).refine((url) => !new URL(url).username, "no sign-in in the address"),
  name: z.string().max(200),
  version: z.string().max(50),
  mailboxes: z.array(hostMailboxSchema).max(200),
});
export type RelayReport = z.output<typeof relayReportSchema>;

/** Mail came into an inbox beside a relay that is on another machine */
export const relayArrivedSchema = z.object({ account: z.email().max(254) });

export const relayAnswers = {
  health: z.object({
    ok: z.boolean(),
    product: z.string(),
    version: z.string(),
    standIn: z.boolean(),
    accounts: z.array(z.string()),
    mailboxes: z.array(hostMailboxSchema).optional(),
    /** Name of the machine, and version of the relay itself; a relay of before says neither */
    name: z.string().optional(),
    relayVersion: z.string().optional(),
    time: z.string(),
  }),
  send: z.object({ status: z.enum(["submitted", "already"]), item: foundItemSchema.nullable() }),
  find: z.object({ item: foundItemSchema.nullable() }),
  list: z.object({ items: z.array(listedItemSchema), more: z.boolean() }),
  register: z.object({ owned: z.array(z.string()), elsewhere: z.array(z.string()) }),
  arrived: z.object({ ok: z.boolean() }),
  error: z.object({
    error: z.object({
      code: z.string(),
      /** A relay of another version may know kinds that this console does not. */
      kind: z.enum(MAILBOX_ERROR_KINDS).catch("failed"),
      message: z.string(),
      certain: z.boolean(),
    }),
  }),
};

/** A signed request is good for this long, in either direction of clock skew. */
export const REPLAY_WINDOW_MS = 300_000;

/** HMAC-SHA256 over method, path, time, nonce and body, hex: what a relay checks before it reads anything. */
export function signRelayRequest(
  secret: string,
  request: { method: string; path: string; timestamp: string; nonce: string; body: string },
): string {
  const { method, path, timestamp, nonce, body } = request;
  return createHmac("sha256", secret).update([method, path, timestamp, nonce, body].join("\n")).digest("hex");
}

/** Compares two hex digests without telling where they differ. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
