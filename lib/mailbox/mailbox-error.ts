/**
 * What kind of failure it was, for whoever decides what to do next. Branch on this, never on the message.
 * - `unreachable`: no program or server answered; the mail waits and is tried again
 * - `auth`: the account was refused its sign-in; only a person can mend it
 * - `rate`: too many mails or requests for now; later
 * - `busy`: cannot take it just now (a dialog, a greylist, a full disk, somebody else's copy is under way); soon
 * - `rejected`: this mail is refused for good (an address that does not exist, policy)
 * - `invalid`: the request itself cannot be served (a bad value, clocks that differ, a signature that does not fit)
 * - `unknown-mailbox`: the account is not one of this relay's
 * - `failed`: anything else; the message says what
 */
export const MAILBOX_ERROR_KINDS = [
  "unreachable",
  "auth",
  "rate",
  "busy",
  "rejected",
  "invalid",
  "unknown-mailbox",
  "failed",
] as const;
export type MailboxErrorKind = (typeof MAILBOX_ERROR_KINDS)[number];

/** The mailbox, or the way to it, failed. `certain` means: the mail surely did not leave. */
export class MailboxError extends Error {
  readonly kind: MailboxErrorKind;
  /** @param options.kind what a caller may branch on; `failed` when it is not said */
  constructor(
    message: string,
    readonly certain: boolean,
    options: ErrorOptions & { readonly kind?: MailboxErrorKind } = {},
  ) {
    super(message, options);
    this.name = "MailboxError";
    this.kind = options.kind ?? "failed";
  }
}
