import { createHash, randomBytes } from "node:crypto";

/** A file name starts with the instant in ISO form, so that a sorted listing is a listing by time. */
const NAME = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2}\.\d{3})Z_([0-9A-F]{44})\.json$/;
const ENTRY_ID = /^[0-9A-F]{44}$/;

/**
 * 44 hex digits: 12 of epoch milliseconds, then 32 that tell mails of one millisecond apart. The instant is inside,
 * so an entry id alone leads to its file. `identity`, when given, makes the tail the same for the same identity.
 */
export function newEntryId(atMs: number, identity?: string): string {
  const tail = identity === undefined ? randomBytes(16).toString("hex") : entryTail(identity);
  return `${atMs.toString(16).padStart(12, "0")}${tail}`.toUpperCase();
}

/** The tail an entry id has when it was made for this identity, upper case. */
export function entryTail(identity: string): string {
  return createHash("sha256").update(identity).digest("hex").slice(0, 32).toUpperCase();
}

/** The file name of an entry id, or null when it is not one of ours. */
export function fileNameOf(entryId: string): string | null {
  if (!ENTRY_ID.test(entryId)) return null;
  const at = new Date(Number.parseInt(entryId.slice(0, 12), 16));
  if (Number.isNaN(at.getTime())) return null;
  return `${fileStamp(at.getTime())}_${entryId}.json`;
}

/** The sortable beginning of the file names of one instant. */
export function fileStamp(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(":", "-");
}

/** The entry id in a file name, or null for a file that is no message (a temporary file, say). */
export function entryIdOf(fileName: string): string | null {
  return NAME.exec(fileName)?.[5] ?? null;
}
