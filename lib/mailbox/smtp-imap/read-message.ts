import { isUtf8 } from "node:buffer";
import type { FetchMessageObject, MessageStructureObject } from "imapflow";
import { parseHeaderBlock } from "@/lib/mail-rules/header-block";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { KEY_HEADER } from "../outlook/contract";
import type { ListedItem } from "../transport";
import { writeEntryId } from "./entry-id";

/** Of a mail's source this much is read; what is longer is attachments, whose names and sizes come from the server. */
export const MAX_SOURCE_BYTES = 500_000;
const MAX_HEADER_CHARS = 100_000;

/** A fetched message in the shape every transport lists. */
export async function readMessage(
  message: FetchMessageObject,
  folder: string,
  uidValidity: string,
): Promise<ListedItem> {
  const { envelope, bodyStructure } = message;
  const source = wholeLines(message.source ?? Buffer.alloc(0), (message.size ?? 0) > MAX_SOURCE_BYTES);
  const messageId = envelope?.messageId ?? "";
  const [from] = envelope?.from ?? [];
  const headers = headerBlock(source);
  const key = parseHeaderBlock(headers).find((one) => one.name === KEY_HEADER.toLowerCase());
  return {
    entryId: writeEntryId({ folder, uidValidity, uid: message.uid, messageId }),
    messageClass: "IPM.Note",
    kind: bodyStructure?.type === "multipart/report" ? "report" : "mail",
    conversationId: message.threadId ?? null,
    subject: envelope?.subject ?? "",
    receivedUtc: message.internalDate ? new Date(message.internalDate).toISOString() : null,
    internetMessageId: messageId || null,
    inReplyTo: envelope?.inReplyTo ?? null,
    references: null,
    headers,
    from: from?.address ?? null,
    fromName: from?.name || null,
    to: (envelope?.to ?? []).flatMap((one) => (one.address ? [one.address] : [])),
    ...(await readBody(source)),
    attachments: bodyStructure ? listAttachments(bodyStructure) : [],
    key: key?.value.trim() ?? null,
  };
}

/** A source in another character set than UTF-8 does not survive as JSON text: its parts are read here instead. */
async function readBody(source: Buffer) {
  if (isUtf8(source)) return { bodyText: "", bodyHtml: null, rawSource: source.toString("utf8") };
  const mail = await parseMail(source);
  return { bodyText: mail.text, bodyHtml: mail.html || null, rawSource: null };
}

/** Cut at the last line end, so that no character is cut in two. */
function wholeLines(source: Buffer, wasCut: boolean): Buffer {
  const end = source.lastIndexOf("\n");
  return wasCut && end > 0 ? source.subarray(0, end + 1) : source;
}

function headerBlock(source: Buffer): string {
  const end = source.indexOf("\r\n\r\n");
  return source
    .subarray(0, end < 0 ? MAX_HEADER_CHARS : end)
    .toString("latin1")
    .slice(0, MAX_HEADER_CHARS);
}

function listAttachments(part: MessageStructureObject): ListedItem["attachments"] {
  if (part.childNodes && !part.type.startsWith("message/")) return part.childNodes.flatMap(listAttachments);
  const filename = part.dispositionParameters?.filename ?? part.parameters?.name;
  if (part.disposition !== "attachment" && !filename) return [];
  return [{ filename: filename ?? "unnamed", sizeBytes: part.size ?? 0 }];
}
