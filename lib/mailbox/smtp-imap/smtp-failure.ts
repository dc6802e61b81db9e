import { MailboxError, type MailboxErrorKind } from "../mailbox-error";

/** The parts of nodemailer's errors that say what happened. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

const AUTH_CODES = new Set(["EAUTH", "ENOAUTH", "EOAUTH2"]);
const AUTH_REPLIES = new Set([530, 534, 535, 538]);
/** Enhanced codes (RFC 3463) and words servers use for "too much for now", whatever the first digit is. */
const TOO_MUCH = /\b[45]\.(?:4\.5|5\.3|7\.28)\b|\b4\.7\.\d+|too many|rate|quota exceeded|sending limit/i;

/**
 * A failed submission, typed. It surely did not leave when the server refused it, or when the mail itself was never begun
 * (`begun` is false); a connection lost after that leaves it open (RFC 5321, section 4.5.3.2.6).
 */
export function toSmtpFailure(cause: unknown, begun: boolean): MailboxError {
  if (cause instanceof MailboxError) return cause;
  const error = cause as SmtpError;
  // The reply to the end of the mail is final. A 421 that closes the connection may come too late to be one.
  const refused = error.responseCode !== undefined && error.responseCode >= 400 && error.responseCode !== 421;
  const certain = !begun || (refused && error.command === "DATA");
  return new MailboxError(sayFailure(error, certain), certain, { cause, kind: kindOf(error) });
}

function kindOf(error: SmtpError): MailboxErrorKind {
  const { code = "", command, response = "", responseCode } = error;
  const passing = responseCode === undefined || responseCode < 500;
  if (AUTH_CODES.has(code) || AUTH_REPLIES.has(responseCode ?? 0))
    // 454 is "temporary authentication failure": the password is not known to be wrong.
    return passing && responseCode !== undefined ? "busy" : "auth";
  if (responseCode === undefined)
    return code === "EENVELOPE" || code === "EMESSAGE" ? "rejected" : "unreachable";
  if (TOO_MUCH.test(response)) return "rate";
  if (passing) return "busy";
  // The server does not let this account send as this address: the next mail would fare the same.
  if (command === "MAIL FROM" && !/\b5\.3\.4\b|size/i.test(response)) return "auth";
  return "rejected";
}

function sayFailure(error: SmtpError, certain: boolean): string {
  const said = (error.response ?? error.message).replace(/\s+/g, " ").slice(0, 300);
  switch (kindOf(error)) {
    case "auth":
      return `The mail server refused the account: ${said}`;
    case "unreachable":
      return certain
        ? `The mail server cannot be reached: ${said}`
        : `The mail server did not confirm the mail: ${said}`;
    case "rate":
      return `The mail server takes no more for now: ${said}`;
    case "busy":
      return `The mail server put the mail off: ${said}`;
    default:
      return `The mail server refused the mail: ${said}`;
  }
}
