import type { MailboxErrorKind } from "@/lib/mailbox/mailbox-error";

/**
 * The relay will not look at this request. A caller that is not let in gets `unreachable`: its mails are fine and wait,
 * only the way to the relay is not.
 */
export class RelayRefusal extends Error {
  override name = "RelayRefusal";
  constructor(
    readonly status: 400 | 401 | 403 | 413 | 429,
    message: string,
    readonly kind: MailboxErrorKind,
    /** The caller proved to know the secret, so that what it says about itself may be kept. */
    readonly proven: { readonly clockOffsetMs: number; readonly body: string } | null = null,
  ) {
    super(message);
  }
}
