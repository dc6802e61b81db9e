import { MailboxError, type MailboxErrorKind } from "../mailbox-error";

/** The parts of imapflow's errors that say what happened. */
interface ImapError extends Error {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly serverResponseCode?: string;
  readonly responseText?: string;
  readonly responseStatus?: string;
}

/** Response codes of RFC 5530. */
const KINDS: Readonly<Record<string, MailboxErrorKind>> = {
  UNAVAILABLE: "unreachable",
  LIMIT: "rate",
  OVERQUOTA: "busy",
  INUSE: "busy",
  SERVERBUG: "failed",
};

/** A failed look into the mailbox, typed. Reading hands nothing over: it is always certain. */
export function toImapFailure(cause: unknown): MailboxError {
  if (cause instanceof MailboxError) return cause;
  const error = cause as ImapError;
  const said = (error.responseText ?? error.message).replace(/\s+/g, " ").slice(0, 300);
  const kind = kindOf(error);
  const start =
    kind === "auth"
      ? "The mailbox refused the sign-in"
      : kind === "unreachable"
        ? "The mailbox cannot be reached"
        : "The mailbox answered";
  return new MailboxError(`${start}: ${said}`, true, { cause, kind });
}

function kindOf(error: ImapError): MailboxErrorKind {
  const known = KINDS[error.serverResponseCode ?? ""];
  if (known) return known;
  if (error.authenticationFailed) return "auth";
  if (error.code === "ETHROTTLE") return "rate";
  // An answer of the server that says NO or BAD; everything else is the way to it.
  return error.responseStatus ? "failed" : "unreachable";
}
