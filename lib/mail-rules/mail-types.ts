/** One mailbox of a header field; `address` is as written, without angle brackets, `""` when there is none. */
export interface MailAddress {
  address: string;
  name: string;
}

/** One header field, in document order; `name` is lower-cased, `value` unfolded but not decoded. */
export interface MailHeader {
  name: string;
  value: string;
}

/** A machine-readable part of a report (RFC 3464, 5965, 8098) or the message it returns, as text. */
export interface ReportPart {
  mimeType: string;
  content: string;
}

export interface MailAttachment {
  filename: string | null;
  mimeType: string;
  sizeBytes: number;
}

/**
 * An inbound mail, read once at the border. Every other file of this folder takes this value.
 * `problems` says in plain sentences what could not be read; it is empty for a well-formed mail.
 */
export interface ParsedMail {
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  from: MailAddress | null;
  /** Further addresses of the From field: nobody's mail program writes them, and nobody can say who wrote the mail. */
  otherSenders: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  /** Who is to be answered where it is not From. */
  replyTo: MailAddress[];
  subject: string;
  /** ISO 8601 with the sender's offset lost (UTC), or null when absent or unreadable. */
  date: string | null;
  headers: MailHeader[];
  /** Plain-text body, `""` when the mail has none. */
  text: string;
  /** HTML body, `""` when the mail has none. Hostile: never render it. */
  html: string;
  reportParts: ReportPart[];
  attachments: MailAttachment[];
  /** Outlook's item class ("IPM.Note", "REPORT.IPM.Note.NDR"), or null when the mail came as source. */
  messageClass: string | null;
  problems: string[];
}

/** First value of a header field, `""` when absent. `name` is lower case. */
export function headerValue(mail: Pick<ParsedMail, "headers">, name: string): string {
  return mail.headers.find((header) => header.name === name)?.value ?? "";
}

/** Content of every report part of one MIME type. */
export function reportContents(mail: Pick<ParsedMail, "reportParts">, ...mimeTypes: string[]): string[] {
  return mail.reportParts.filter((part) => mimeTypes.includes(part.mimeType)).map((part) => part.content);
}
