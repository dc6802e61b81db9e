import { createHash } from "node:crypto";
import type { StoredMail } from "../outlook-host/mail-store";
import { type HeaderFields, mailbox, quotedPrintable, writeHeader } from "../outlook-host/store/rfc5322";
import { type Correspondent, correspondentOf } from "./correspondent";
import type { Persona } from "./persona";
import { quoteOriginal } from "./quote-original";
import { wordFacts } from "./words/facts";
import { HUMAN_WORDS, type HumanKind } from "./words/human-words";
import { OUT_OF_OFFICE_WORDS } from "./words/out-of-office-words";
import { pickWording } from "./words/pick-wording";
import { signatureOf } from "./words/signatures";
import { writeBounce } from "./write-bounce";

/** The RFC 5322 source of what comes back on one of our mails, or null from those who do not answer. */
export function writeAnswer(sent: StoredMail, persona: Persona, nowMs: number): string | null {
  const owner = correspondentOf(sent.to[0] ?? "");
  switch (persona.kind) {
    case "silent":
      return null;
    case "hard_bounce":
    case "soft_bounce":
      return writeBounce(sent, owner, persona, nowMs);
    case "out_of_office":
      return writeOutOfOffice(sent, owner, persona, nowMs);
    default:
      return writeReply(sent, owner, persona, persona.kind, nowMs);
  }
}

function writeReply(
  sent: StoredMail,
  owner: Correspondent,
  persona: Persona,
  kind: HumanKind,
  nowMs: number,
): string {
  const facts = factsOf(sent, owner, nowMs);
  const words = pickWording(HUMAN_WORDS[kind], persona.wording)(facts).trimEnd();
  const signed = `${words}\n\n${signatureOf(owner, persona, facts.ownPhone)}`;
  const { text, html } = quoteOriginal(signed, sent, persona.mailProgram);
  const again = persona.mailProgram === "outlook" ? "RE:" : "Re:";
  const subject = `${again} ${(sent.subject ?? "").replace(/^re:\s*/i, "")}`;
  const boundary = `owners-${digest(sent.entryId)}`;
  const header = writeHeader([
    ...commonFields(sent, owner, subject, nowMs),
    ["MIME-Version", "1.0"],
    ["Content-Type", `multipart/alternative; boundary="${boundary}"`],
  ]);
  const part = (type: string, body: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body)}\r\n`;
  return `${header}\r\n${part("text/plain", text)}${part("text/html", html)}--${boundary}--\r\n`;
}

function writeOutOfOffice(sent: StoredMail, owner: Correspondent, persona: Persona, nowMs: number): string {
  const facts = factsOf(sent, owner, nowMs);
  const text = pickWording(OUT_OF_OFFICE_WORDS, persona.wording)(facts);
  const header = writeHeader([
    ...commonFields(sent, owner, `Automatic reply: ${sent.subject ?? ""}`, nowMs),
    ["Auto-Submitted", persona.mailProgram === "outlook" ? "auto-generated" : "auto-replied"],
    ["X-Auto-Response-Suppress", persona.mailProgram === "outlook" ? "All" : null],
    ["MIME-Version", "1.0"],
    ["Content-Type", 'text/plain; charset="utf-8"'],
    ["Content-Transfer-Encoding", "quoted-printable"],
  ]);
  return `${header}\r\n${quotedPrintable(`${text}\n\n${owner.name}\n`)}\r\n`;
}

function commonFields(sent: StoredMail, owner: Correspondent, subject: string, nowMs: number): HeaderFields {
  const references = [sent.references, sent.internetMessageId].filter(Boolean).join(" ");
  return [
    ["From", mailbox(owner.name, owner.address)],
    ["To", mailbox(sent.fromName ?? "", sent.from ?? "")],
    ["Subject", { text: subject }],
    ["Date", new Date(nowMs).toUTCString().replace("GMT", "+0000")],
    ["Message-ID", `<${digest(`answer/${sent.entryId}`)}@${owner.domain}>`],
    ["In-Reply-To", sent.internetMessageId],
    ["References", references || null],
    ["X-Stand-In", "owners"],
  ];
}

function factsOf(sent: StoredMail, owner: Correspondent, nowMs: number) {
  return wordFacts(owner.address, sent.fromName ?? "", sent.subject ?? "", owner.domain, nowMs);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
