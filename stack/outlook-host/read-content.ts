import type { OutlookRequest } from "@/lib/mailbox/outlook/contract";

type SendRequest = Extract<OutlookRequest, { action: "send" }>;
type Content = Pick<SendRequest, "subject" | "bodyText" | "replyToEntryId" | "listUnsubscribe">;

const MAX_BODY = 1_000_000;
const MAX_SUBJECT = 998;
const WAY = /^(mailto:|https?:\/\/)[!#-;=?-~]+$/;

/**
 * What a mail says, refused where it could become a header of its own: the same rules as the contract's.
 * @throws what `wrong` makes of the first field that is wrong.
 */
export function readContent(
  fields: Readonly<Record<string, unknown>>,
  wrong: (field: string) => Error,
): Content {
  const { subject, bodyText, replyToEntryId, listUnsubscribe } = fields;
  if (typeof subject !== "string" || subject.length > MAX_SUBJECT || /\p{Cc}/u.test(subject))
    throw wrong("subject");
  if (typeof bodyText !== "string" || bodyText.length > MAX_BODY || isHarmful(bodyText))
    throw wrong("bodyText");
  if (replyToEntryId !== undefined && (typeof replyToEntryId !== "string" || replyToEntryId === ""))
    throw wrong("replyToEntryId");
  return {
    subject,
    bodyText,
    ...(replyToEntryId === undefined ? {} : { replyToEntryId }),
    ...(listUnsubscribe === undefined ? {} : { listUnsubscribe: readWays(listUnsubscribe, wrong) }),
  };
}

/** Control characters that are neither a tab nor part of a line end. */
function isHarmful(text: string): boolean {
  return /[^\P{Cc}\r\n\t\u0080-\u009f]|\r(?!\n)/u.test(text);
}

function readWays(value: unknown, wrong: (field: string) => Error): { mailto: string; url?: string } {
  const { mailto, url } = (value ?? {}) as { mailto?: unknown; url?: unknown };
  if (typeof mailto !== "string" || !WAY.test(mailto) || !mailto.startsWith("mailto:"))
    throw wrong("listUnsubscribe");
  if (url === undefined) return { mailto };
  if (typeof url !== "string" || !WAY.test(url) || !url.startsWith("http")) throw wrong("listUnsubscribe");
  return { mailto, url };
}
