import type { FoundItem, ListedItem } from "./outlook/contract";

export type { FoundItem, ListedItem };

export interface OutgoingMail {
  /** The mailbox address it leaves from */
  readonly account: string;
  /** The idempotency key: one key is one mail, however often it is handed over */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly bodyText: string;
  /** Entry id of the mail this one replies to, so that the thread holds */
  readonly replyToEntryId?: string;
}

export interface HostInfo {
  readonly product: string;
  readonly version: string;
  readonly standIn: boolean;
  readonly accounts: readonly string[];
}

export type HandOver = { readonly status: "submitted" | "already"; readonly item: FoundItem | null };

/**
 * What sends and reads mail on an operator's machine. Outlook by COM is one; another is one file that keeps this.
 * Every method throws {MailboxError}; only `certain` errors promise that nothing was handed over.
 */
export interface MailTransport {
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
}

/** The mailbox, or the way to it, failed. `certain` means: the mail surely did not leave. */
export class MailboxError extends Error {
  constructor(
    message: string,
    readonly certain: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "MailboxError";
  }
}
