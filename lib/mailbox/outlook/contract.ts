import { z } from "zod";

/**
 * The contract between the relay and an Outlook host: one JSON request in a file whose path is the only argument, one
 * line of ASCII JSON on standard output. `outlook-host.js` under cscript keeps it; so may any other program.
 */
export const KEY_HEADER = "X-Outreach-Id";

const idempotencyId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const utc = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);

export const outlookRequestSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("ping") }),
  z.object({
    action: z.literal("send"),
    account: z.email(),
    idempotencyId,
    to: z.array(z.email()).min(1),
    subject: z.string(),
    bodyText: z.string(),
    /** A follow-up is a real reply on the mail with this entry id, so that the thread holds. */
    replyToEntryId: z.string().optional(),
  }),
  z.object({ action: z.literal("find"), account: z.email(), idempotencyId }),
  z.object({
    action: z.literal("list"),
    account: z.email(),
    folder: z.enum(["inbox", "junk", "sent"]),
    /** Items received (sent, for the sent folder) at this instant or later, oldest first. */
    sinceUtc: utc,
    limit: z.number().int().min(1).max(500),
  }),
]);
export type OutlookRequest = z.infer<typeof outlookRequestSchema>;

export const foundItemSchema = z.object({
  folder: z.enum(["sent", "outbox", "drafts"]),
  entryId: z.string(),
  conversationId: z.string().nullable().default(null),
  internetMessageId: z.string().nullable().default(null),
  sentAtUtc: utc.nullable().default(null),
});
export type FoundItem = z.infer<typeof foundItemSchema>;

export const listedItemSchema = z.object({
  entryId: z.string(),
  messageClass: z.string().default("IPM.Note"),
  kind: z.enum(["mail", "report", "other"]),
  conversationId: z.string().nullable().default(null),
  subject: z.string().nullable().default(""),
  receivedUtc: utc.nullable(),
  internetMessageId: z.string().nullable().default(null),
  inReplyTo: z.string().nullable().default(null),
  references: z.string().nullable().default(null),
  headers: z.string().nullable().default(null),
  from: z.string().nullable().default(null),
  fromName: z.string().nullable().default(null),
  to: z.array(z.string()).default([]),
  bodyText: z.string().nullable().default(""),
  bodyHtml: z.string().nullable().default(null),
  /** The whole RFC 5322 source, where the host can give it (Outlook cannot). */
  rawSource: z.string().nullable().default(null),
  attachments: z
    .array(z.object({ filename: z.string(), sizeBytes: z.number().int().nonnegative() }))
    .default([]),
});
export type ListedItem = z.infer<typeof listedItemSchema>;

export const outlookResultSchemas = {
  /** `standIn` is true only for a program that pretends to be Outlook; the status bar says so. */
  ping: z.object({
    product: z.string(),
    version: z.string(),
    standIn: z.boolean().default(false),
    accounts: z.array(z.string()),
    trusted: z.boolean().nullable().default(null),
  }),
  send: z.object({ status: z.enum(["submitted", "already"]), item: foundItemSchema.nullable() }),
  find: z.object({ item: foundItemSchema.nullable() }),
  list: z.object({ items: z.array(listedItemSchema), more: z.boolean() }),
};

export const outlookAnswerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      message: z.string(),
      hresult: z.string().default("0x0"),
      /** True only when the host knows that the mail did not leave; anything else must be looked up. */
      notSent: z.boolean().default(false),
    }),
  }),
]);
