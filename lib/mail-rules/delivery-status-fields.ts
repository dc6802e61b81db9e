import { cutText } from "@/lib/files/text-limits";
import { parseHeaderBlock } from "./header-block";
import { normaliseAddress } from "./mail-addresses";
import type { MailHeader } from "./mail-types";

/** The per-recipient fields of one delivery status notification (RFC 3464, section 2.3). */
export interface RecipientStatus {
  /** Final-Recipient: the address at the last host, not always the one we mailed. */
  finalRecipient: string | null;
  /** Original-Recipient: the address as it was given to us (RFC 3461); the one we mailed, when present. */
  originalRecipient: string | null;
  /** "failed", "delayed", "delivered", "relayed", "expanded", or what the reporter wrote; lower case. */
  action: string;
  /** RFC 3463 code, "" when absent or malformed. */
  status: string;
  /** Diagnostic-Code without its type prefix. */
  diagnostic: string;
}

const MAX_RECIPIENTS = 500;

/** Reads every per-recipient group of a message/delivery-status body; groups without a recipient are dropped. */
export function parseDeliveryStatus(body: string): RecipientStatus[] {
  const groups = cutText(body, 200_000).split(/(?:\r?\n[ \t]*){2,}/);
  const found: RecipientStatus[] = [];
  for (const group of groups) {
    for (const fields of splitRecipients(parseHeaderBlock(group))) {
      const status = readGroup(fields);
      if (status.finalRecipient || status.originalRecipient) found.push(status);
      if (found.length >= MAX_RECIPIENTS) return found;
    }
  }
  return found;
}

/** Some reporters put all recipients in one group: a second Final-Recipient starts a new one. */
function splitRecipients(fields: MailHeader[]): MailHeader[][] {
  const groups: MailHeader[][] = [];
  for (const field of fields) {
    const current = groups.at(-1);
    if (!current || (field.name === "final-recipient" && current.some((seen) => seen.name === field.name))) {
      groups.push([field]);
    } else {
      current.push(field);
    }
  }
  return groups;
}

function readGroup(fields: MailHeader[]): RecipientStatus {
  const value = (name: string) => fields.find((field) => field.name === name)?.value ?? "";
  return {
    finalRecipient:
      normaliseAddress(value("final-recipient")) ?? normaliseAddress(value("x-actual-recipient")),
    originalRecipient: normaliseAddress(value("original-recipient")),
    action: (/^[a-z-]+/i.exec(value("action"))?.[0] ?? "").toLowerCase(),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(value("status"))?.[0] ?? "",
    diagnostic: value("diagnostic-code").replace(/^(?:smtp|x-[a-z0-9-]+|unknown|dns|local)\s*;\s*/i, ""),
  };
}
