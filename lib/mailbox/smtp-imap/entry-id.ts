import { z } from "zod";

/** Where an item is, and what it is called wherever it is. */
export interface ItemPlace {
  /** Empty when no copy is known to be in any folder */
  readonly folder: string;
  /** UIDs are only good within one of these (RFC 3501, section 2.3.1.1) */
  readonly uidValidity: string;
  readonly uid: number;
  /** With angle brackets; empty when the mail has none */
  readonly messageId: string;
}

const placeSchema = z.tuple([z.string(), z.string(), z.number().int().nonnegative(), z.string()]);
const MARK = "imap1.";

/** An item's place as an entry id. The Message-ID goes along, so that a thread holds even when the folder was rebuilt. */
export function writeEntryId({ folder, uidValidity, uid, messageId }: ItemPlace): string {
  const json = JSON.stringify([folder, uidValidity, uid, messageId.slice(0, 500)]);
  return MARK + Buffer.from(json).toString("base64url");
}

/** Reads an entry id of ours back; null for any other, as of a mailbox that was moved here from Outlook. */
export function readEntryId(entryId: string): ItemPlace | null {
  if (!entryId.startsWith(MARK)) return null;
  try {
    const json: unknown = JSON.parse(Buffer.from(entryId.slice(MARK.length), "base64url").toString("utf8"));
    const [folder, uidValidity, uid, messageId] = placeSchema.parse(json);
    return { folder, uidValidity, uid, messageId };
  } catch {
    // Not one of ours after all; the caller says what that means.
    return null;
  }
}
