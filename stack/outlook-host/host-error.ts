import type { MailboxErrorKind } from "@/lib/mailbox/mailbox-error";

/** COM error codes as Outlook gives them (MS-OXCDATA 2.4; winerror.h), lower-case hex. */
export const HRESULT = {
  failed: "0x80004005",
  invalidArgument: "0x80070057",
  notFound: "0x8004010f",
} as const;

/** A request the host cannot do; the message is for a person, kind and code for the relay. */
export class HostError extends Error {
  constructor(
    message: string,
    readonly kind: MailboxErrorKind,
    readonly hresult: string = HRESULT.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "HostError";
  }
}
