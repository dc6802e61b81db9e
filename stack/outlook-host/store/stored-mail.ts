import type { ListedItem } from "@/lib/mailbox/outlook/contract";

export const FOLDERS = ["inbox", "junk", "sent", "drafts", "outbox"] as const;
export type Folder = (typeof FOLDERS)[number];

/** One message file: what a list answers, its source, and the idempotency key when we sent it. */
export interface StoredMail extends ListedItem {
  rawSource: string;
  key: string | null;
}
