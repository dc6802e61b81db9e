import { createHash } from "node:crypto";
import type { StoredMail } from "../outlook-host/mail-store";
import { mailbox, writeHeader } from "../outlook-host/store/rfc5322";
import type { Correspondent } from "./correspondent";
import type { Persona } from "./persona";

interface Failure {
  action: "failed" | "delayed";
  /** RFC 3463. */
  status: string;
  diagnostic: string;
  sentence: string;
}

/**
 * A delivery status report (RFC 3462, 3464): what a mail system says, the machine's part, and what it gives back.
 * Hard ones say 5.1.1 (no such mailbox), soft ones 4.2.2 (mailbox full).
 */
export function writeBounce(sent: StoredMail, owner: Correspondent, persona: Persona, nowMs: number): string {
  const failure = failureOf(persona, owner);
  const mta = `mx.${owner.domain}`;
  const whole = persona.mailProgram === "outlook";
  const boundary = `report-${digest(sent.entryId)}`;
  const date = new Date(nowMs).toUTCString().replace("GMT", "+0000");
  const subject = whole
    ? failure.action === "delayed"
      ? "Delayed Mail (still being retried)"
      : "Undelivered Mail Returned to Sender"
    : `Delivery Status Notification (${failure.action === "delayed" ? "Delay" : "Failure"})`;
  const header = writeHeader([
    ["Return-Path", "<>"],
    ["From", mailbox("Mail Delivery System", `mailer-daemon@${mta}`)],
    ["To", sent.from],
    ["Subject", subject],
    ["Date", date],
    ["Message-ID", `<${digest(`bounce/${sent.entryId}`)}@${mta}>`],
    // Postfix gives no In-Reply-To, Gmail does; both are met in the wild.
    ["In-Reply-To", whole ? null : sent.internetMessageId],
    ["References", whole ? null : sent.internetMessageId],
    ["Auto-Submitted", "auto-replied"],
    ["X-Failed-Recipients", whole ? null : owner.address],
    ["X-Stand-In", "owners"],
    ["MIME-Version", "1.0"],
    ["Content-Type", `multipart/report; report-type=delivery-status; boundary="${boundary}"`],
  ]);
  const parts = [
    `Content-Type: text/plain; charset=us-ascii\r\n\r\n${crlf(notice(sent, owner, failure, mta, whole))}`,
    `Content-Type: message/delivery-status\r\n\r\n${deliveryStatus(sent, owner, failure, mta, date)}`,
    whole
      ? `Content-Type: message/rfc822\r\n\r\n${sent.rawSource}`
      : `Content-Type: text/rfc822-headers\r\n\r\n${headersOf(sent.rawSource)}`,
  ];
  return `${header}\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("")}--${boundary}--\r\n`;
}

function failureOf(persona: Persona, owner: Correspondent): Failure {
  if (persona.kind === "hard_bounce") {
    return {
      action: "failed",
      status: "5.1.1",
      diagnostic: `550 5.1.1 <${owner.address}>: Recipient address rejected: User unknown in virtual mailbox table`,
      sentence: "The address does not exist.",
    };
  }
  return {
    action: persona.wording < 0.5 ? "failed" : "delayed",
    status: "4.2.2",
    diagnostic: `452 4.2.2 <${owner.address}>: The recipient's mailbox is over quota`,
    sentence: "The mailbox is full.",
  };
}

function notice(
  sent: StoredMail,
  owner: Correspondent,
  failure: Failure,
  mta: string,
  whole: boolean,
): string {
  if (!whole) {
    const state = failure.action === "delayed" ? "has not been delivered yet" : "wasn't delivered";
    return `** Message ${failure.action === "delayed" ? "delayed" : "not delivered"} **

Your message to ${owner.address} ${state}. ${failure.sentence}

The response from the remote server was:
${failure.diagnostic}
`;
  }
  return `This is the mail system at host ${mta}.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.${failure.action === "delayed" ? " It will be retried for five days." : ""}

<${owner.address}>: host ${mta} said: ${failure.diagnostic}
    (in reply to RCPT TO command)

The message from ${sent.from} is attached below.
`;
}

/** Per-message fields, an empty line, per-recipient fields (RFC 3464, 2.2 and 2.3). */
function deliveryStatus(
  sent: StoredMail,
  owner: Correspondent,
  failure: Failure,
  mta: string,
  date: string,
): string {
  return crlf(`Reporting-MTA: dns; ${mta}
X-Original-Message-ID: ${sent.internetMessageId}
Arrival-Date: ${date}

Final-Recipient: rfc822; ${owner.address}
Original-Recipient: rfc822;${owner.address}
Action: ${failure.action}
Status: ${failure.status}
Remote-MTA: dns; ${mta}
Diagnostic-Code: smtp; ${failure.diagnostic}
`);
}

function headersOf(source: string): string {
  return `${source.split("\r\n\r\n")[0]}\r\n`;
}

function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
