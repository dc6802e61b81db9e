import { z } from "zod";
import { MAILBOX_ERROR_KINDS } from "../mailbox-error";

/**
 * The contract between the relay and an Outlook host: one JSON request in a file whose path is the only argument, one
 * line of ASCII JSON on standard output. `outlook-host.js` under cscript keeps it; so may any other program.
 */
export const KEY_HEADER = "X-Outreach-Id";
/** Longer than any mail of ours; a host refuses what is longer. */
const MAX_BODY_CHARS = 1_000_000;

const idempotencyId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const utc = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);

const headerText = z
  .string()
  .max(998)
  .refine((text) => !/\p{Cc}/u.test(text), "no control characters");
const bodyText = z
  .string()
  .max(MAX_BODY_CHARS)
  .refine(
    (text) => !/[^\P{Cc}\r\n\t\u0080-\u009f]|\r(?!\n)/u.test(text),
    "no control characters but line ends and tabs",
  );

/** RFC 2369: an angle bracket, a quote or a space would end the address early. */
const listUnsubscribe = z.object({
  mailto: z.string().regex(/^mailto:[!#-;=?-~]+$/, "a mailto: address"),
  url: z
    .string()
    .regex(/^https?:\/\/[!#-;=?-~]+$/, "a web address")
    .optional(),
});

export const outlookRequestSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("ping") }),
  z.object({
    action: z.literal("send"),
    account: z.email(),
    idempotencyId,
    to: z.array(z.email()).min(1),
    subject: headerText,
    bodyText,
    /** A follow-up is a real reply on the mail with this entry id, so that the thread holds. */
    replyToEntryId: z.string().min(1).optional(),
    /** For the headers List-Unsubscribe and, with an https `url`, List-Unsubscribe-Post (RFC 8058). */
    listUnsubscribe: listUnsubscribe.optional(),
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
  /** Everybody it is addressed to; a host may leave it empty outside the sent folder. */
  to: z.array(z.string()).default([]),
  bodyText: z.string().nullable().default(""),
  bodyHtml: z.string().nullable().default(null),
  /** The whole RFC 5322 source, where the host can give it (Outlook cannot). */
  rawSource: z.string().nullable().default(null),
  attachments: z
    .array(z.object({ filename: z.string(), sizeBytes: z.number().int().nonnegative() }))
    .default([]),
  /** The idempotency key it carries; in the sent folder, a mail without one was sent by hand. */
  key: z.string().nullable().optional(),
});
export type ListedItem = z.infer<typeof listedItemSchema>;

export const outlookResultSchemas = {
  /** `standIn` is true only for a program that pretends to be Outlook; the status bar says so. */
  ping: z.object({
    product: z.string(),
    version: z.string(),
    standIn: z.boolean().default(false),
    accounts: z.array(z.string()),
    /** False where Outlook asks a person before a program may send */
    trusted: z.boolean().nullable().default(null),
    /** True while the host's mail program works offline: mail waits in its Outbox */
    offline: z.boolean().nullable().default(null),
    /** Version of the script engine that ran the host */
    scriptEngine: z.string().nullable().default(null),
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
      /** What a caller may branch on; a host of another version may not say it. */
      kind: z.enum(MAILBOX_ERROR_KINDS).catch("failed"),
      hresult: z.string().default("0x0"),
      /** True only when the host knows that the mail did not leave; anything else must be looked up. */
      notSent: z.boolean().default(false),
    }),
  }),
]);
