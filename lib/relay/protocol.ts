import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { foundItemSchema, listedItemSchema } from "@/lib/mailbox/outlook/contract";

// A header may not be smuggled in through a value: no control characters in anything that becomes one.
const headerSafe = z.string().refine((text) => !/\p{Cc}/u.test(text), "no control characters");
const plainBody = z
  .string()
  .max(200_000, "a mail of this size is not one of ours")
  .refine((text) => !text.includes("\u0000"), "no NUL characters");

export const relaySendSchema = z.object({
  account: z.email(),
  key: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  to: z.email(),
  subject: headerSafe.max(998),
  bodyText: plainBody,
  replyToEntryId: headerSafe.max(2000).optional(),
});
export const relayFindSchema = z.object({ account: z.email(), key: z.string() });
export const relayListSchema = z.object({
  account: z.email(),
  folder: z.enum(["inbox", "junk", "sent"]),
  sinceUtc: z.iso.datetime(),
  limit: z.number().int().min(1).max(500).default(200),
});

export const relayAnswers = {
  health: z.object({
    ok: z.boolean(),
    product: z.string(),
    version: z.string(),
    standIn: z.boolean(),
    accounts: z.array(z.string()),
    time: z.string(),
  }),
  send: z.object({ status: z.enum(["submitted", "already"]), item: foundItemSchema.nullable() }),
  find: z.object({ item: foundItemSchema.nullable() }),
  list: z.object({ items: z.array(listedItemSchema), more: z.boolean() }),
  error: z.object({ error: z.object({ code: z.string(), message: z.string(), certain: z.boolean() }) }),
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
