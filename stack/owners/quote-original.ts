import type { StoredMail } from "../outlook-host/mail-store";
import type { Persona } from "./persona";

/** A mail and the one it answers, as text and as HTML. */
export interface Quoted {
  text: string;
  html: string;
}

/** Puts our mail below an owner's words the way Outlook, Gmail or a phone does. */
export function quoteOriginal(words: string, original: StoredMail, program: Persona["mailProgram"]): Quoted {
  const sentAt = new Date(original.receivedUtc ?? 0);
  const body = (original.bodyText ?? "").replaceAll("\r\n", "\n").trimEnd();
  return program === "outlook"
    ? outlookStyle(words, original, body, sentAt)
    : gmailStyle(words, original, body, sentAt);
}

function outlookStyle(words: string, original: StoredMail, body: string, sentAt: Date): Quoted {
  const head = [
    ["From:", `${original.fromName} <${original.from}>`],
    ["Sent:", longDate(sentAt)],
    ["To:", original.to.join("; ")],
    ["Subject:", original.subject ?? ""],
  ] as const;
  const text = `${words}\n\n${head.map((pair) => pair.join(" ")).join("\n")}\n\n${body}\n`;
  const rows = head.map(([name, value]) => `<b>${name}</b> ${escapeHtml(value)}`).join("<br>\n");
  const html = `<div class="WordSection1">
${paragraphs(words, "MsoNormal")}
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
<p class="MsoNormal">${rows}</p>
</div>
${paragraphs(body, "MsoNormal")}
</div>`;
  return { text, html: page(html) };
}

function gmailStyle(words: string, original: StoredMail, body: string, sentAt: Date): Quoted {
  const day = sentAt.toLocaleDateString("en-US", {
    timeZone: "UTC",
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
  });
  const time = sentAt.toLocaleTimeString("en-US", { timeZone: "UTC", hour: "numeric", minute: "2-digit" });
  const line = `On ${day} at ${time.replace("\u202f", " ")} ${original.fromName} <${original.from}> wrote:`;
  const quoted = body
    .split("\n")
    .map((row) => (row === "" ? ">" : `> ${row}`))
    .join("\n");
  const html = `<div dir="ltr">${paragraphs(words)}</div>
<br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escapeHtml(line)}<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">
${paragraphs(body)}
</blockquote></div>`;
  return { text: `${words}\n\n${line}\n\n${quoted}\n`, html: page(html) };
}

function longDate(at: Date): string {
  const day = at.toLocaleDateString("en-US", {
    timeZone: "UTC",
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
  });
  const time = at.toLocaleTimeString("en-US", { timeZone: "UTC", hour: "numeric", minute: "2-digit" });
  return `${day} ${time.replace("\u202f", " ")}`;
}

function paragraphs(text: string, className = ""): string {
  const open = className === "" ? "<p>" : `<p class="${className}">`;
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `${open}${escapeHtml(paragraph).replaceAll("\n", "<br>\n")}</p>`)
    .join("\n");
}

function page(body: string): string {
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>\n${body}\n</body></html>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
