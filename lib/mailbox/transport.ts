import type { FoundItem, ListedItem } from "./outlook/contract";

export { MailboxError, type MailboxErrorKind } from "./mailbox-error";
export type { FoundItem, ListedItem };

export interface OutgoingMail {
  /** The mailbox address it leaves from */
  readonly account: string;
  /** The idempotency key: one key is one mail, however often it is handed over */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text, complete: no transport adds a signature */
  readonly bodyText: string;
  /** Entry id of the mail this one replies to, so that the thread holds */
  readonly replyToEntryId?: string;
  /** A person looked and found that an earlier hand-over of this key, left without an answer, never left. */
  readonly again?: boolean;
  /** How its recipient gets no more: the headers List-Unsubscribe (RFC 2369) and, with `url`, List-Unsubscribe-Post (RFC 8058) */
  readonly listUnsubscribe?: { readonly mailto: string; readonly url?: string };
}

export interface HostMailbox {
  readonly address: string;
  /** Name of the transport: `outlook`, `smtp`, … */
  readonly transport: string;
  readonly product: string;
  readonly version: string;
  readonly standIn: boolean;
}

export interface HostInfo {
  readonly product: string;
  readonly version: string;
  readonly standIn: boolean;
  readonly accounts: readonly string[];
  /** Each account by itself, where they differ; otherwise all are what the fields above say. */
  readonly mailboxes?: readonly HostMailbox[];
}

export type HandOver = { readonly status: "submitted" | "already"; readonly item: FoundItem | null };

/**
 * What sends and reads mail on an operator's machine. Outlook by COM is one, SMTP + IMAP another; a third (Microsoft
 * Graph, say) is one file that keeps this and one line in lib/relay/local-transport.ts. What it must promise:
 * - `send` looks the key up before it sends, so that a second call with one key finds the first mail (`already`).
 * - The key travels in the header X-Outreach-Id and is found again in Sent Items by `find`.
 * - Every method throws {MailboxError} only, with a `kind` to branch on. `certain` is true only when the mail surely did
 *   not leave; in doubt it is false, and the send is looked up instead of tried again.
 * - Entry ids are opaque to callers, under 2,000 characters, and stay good for `replyToEntryId`.
 * - `list` never jumps over mail: oldest first, cut at `limit`, `more` when there is.
 */
export interface MailTransport {
  /** Which accounts there are; asks no mail server. */
  ping(): Promise<HostInfo>;
  /** Hands one mail over, or finds that its key was handed over before. */
  send(mail: OutgoingMail): Promise<HandOver>;
  /** Looks a key up in Sent Items, Outbox and Drafts. */
  find(account: string, key: string): Promise<FoundItem | null>;
  /** Items at or after `sinceUtc`, oldest first. */
  list(
    account: string,
    folder: "inbox" | "junk" | "sent",
    sinceUtc: string,
    limit: number,
  ): Promise<{ items: ListedItem[]; more: boolean }>;
  /**
   * Calls back soon after mail came into an account's inbox, where the mailbox can push; it may call once too often and
   * never says what came. Keeps itself connected until the returned function is called; never throws.
   */
  watch?(account: string, onMail: () => void): () => void;
}
