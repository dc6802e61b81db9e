import { z } from "zod";

// A header may not be smuggled in through a value: no control characters in anything that becomes one.
const headerSafe = z.string().refine((text) => !/\p{Cc}/u.test(text), "no control characters");
const plainBody = z
  .string()
  .max(200_000, "a mail of this size is not one of ours")
  .refine((text) => !text.includes("\u0000"), "no NUL characters")
  .refine((text) => !/\r(?!\n)/.test(text), "no carriage return without a line feed")
  .refine((text) => !/[^\P{Cc}\r\n\t]/u.test(text), "no control characters but line breaks and tabs");

/** Both go between angle brackets in a header of their own, so neither may hold one, a comma or a space. */
const listUnsubscribeSchema = z.object({
  mailto: z
    .string()
    .max(998)
    .regex(/^mailto:[^\s<>,]+$/, "a mailto address"),
  url: z
    .string()
    .max(998)
    .regex(/^https:\/\/[^\s<>,]+$/, "an https address")
    .optional(),
});

/** A mail as a transport takes it; what does not fit is refused before anything is handed over. */
export const outgoingMailSchema = z.object({
  account: z.email().max(254),
  key: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "8 to 64 letters, digits, - and _"),
  to: z.email().max(254),
  subject: headerSafe.max(998),
  bodyText: plainBody,
  replyToEntryId: headerSafe.max(2000).optional(),
  again: z.boolean().optional(),
  listUnsubscribe: listUnsubscribeSchema.optional(),
});
