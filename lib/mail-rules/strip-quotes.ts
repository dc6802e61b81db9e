import { splitLines } from "@/lib/files/text-limits";
import { BOUNDARY_MARK, QUOTE_MARK } from "./html-text";
import { attributionLength, introducesQuote, splitSharedLines } from "./quote-attribution";
import { headerBlockLength, quotedStart } from "./quote-headers";
import { markSent, SENT_MARK } from "./sent-words";
import { endSign, isBanner, isRule, looksLikeSignature } from "./signature-lines";

/** "strip" also removes signatures, device lines, disclaimers and banners; "keep" removes only what is quoted. */
export type SignaturePolicy = "strip" | "keep";

type LineKind = "text" | "empty" | "quote" | "attribution" | "original" | "forwarded" | "end" | "code";

interface Line {
  text: string;
  kind: LineKind;
}

const MAX_LINES = 4_000;

/**
 * The text a person wrote in this mail, for a screen: without the mails they answered, but with the questions that stand between
 * their answers. Returns the whole text, trimmed, when everything in it is quoted. Linear in the number of lines.
 */
export function stripQuotes(text: string, signaturePolicy: SignaturePolicy = "strip"): string {
  const visible = render(visibleLines(text, signaturePolicy, []));
  return visible === "" ? unmark(text).trim() : visible;
}

/**
 * The words of the writer alone, for the rules and the classifier: `sent` (the mails of ours in this thread) and whatever else
 * is quoted, forwarded, signed or put below by a machine is not among them. Empty when the writer wrote nothing.
 */
export function ownWords(text: string, sent: readonly string[] = []): string {
  const lines = visibleLines(text, "strip", sent);
  return render(lines.filter((line) => line.kind !== "quote" && line.kind !== "attribution")).replace(
    /\n{3,}/g,
    "\n\n",
  );
}

function visibleLines(text: string, policy: SignaturePolicy, sent: readonly string[]): Line[] {
  const lines = splitSharedLines(splitLines(text).slice(0, MAX_LINES));
  let kinds = classify(markSent(lines, sent), policy);
  if (policy === "strip") kinds = cutAtEnd(dropBanner(kinds));
  kinds = cutAtOriginal(kinds, policy);
  const answered = cutAtAttribution(kinds, policy);
  // Quote lines right above an attribution are the writer's own; the mail program's quote is below it.
  return dropOuterQuotes(answered, answered.length === kinds.length);
}

function classify(lines: string[], policy: SignaturePolicy): Line[] {
  const found: Line[] = [];
  let inCode = false;
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index] ?? "";
    const fence = /^\s*```/.test(text);
    if (fence && (inCode || lines.slice(index + 1).some((line) => /^\s*```/.test(line)))) inCode = !inCode;
    if (inCode || fence) {
      found.push({ text, kind: "code" });
      continue;
    }
    const attributed = attributionLength(lines, index);
    if (attributed > 0) {
      for (let at = 0; at < attributed; at += 1)
        found.push({ text: lines[index + at] ?? "", kind: "attribution" });
      index += attributed - 1;
      continue;
    }
    const kind = kindOf(lines, index, policy);
    found.push({ text, kind });
    if (kind !== "original" && kind !== "forwarded") continue;
    const fields = headerBlockLength(lines, text === BOUNDARY_MARK ? index + 1 : index);
    for (let at = index + 1; at < index + fields; at += 1) found.push({ text: lines[at] ?? "", kind });
    index += Math.max(0, fields - 1);
  }
  return found.map((line, index) => (introduces(found, index) ? { ...line, kind: "attribution" } : line));
}

/** A line right above a quote that names who wrote it. */
function introduces(lines: Line[], index: number): boolean {
  const line = lines[index];
  if (line?.kind !== "text" || !introducesQuote(line.text)) return false;
  const next = lines[index + 1]?.kind === "empty" ? lines[index + 2] : lines[index + 1];
  return next?.kind === "quote";
}

function kindOf(lines: string[], index: number, policy: SignaturePolicy): LineKind {
  const text = lines[index] ?? "";
  if (text === BOUNDARY_MARK) return "original";
  if (text.startsWith(QUOTE_MARK) || text.startsWith(SENT_MARK) || /^\s*[>|]/.test(text)) return "quote";
  if (text.trim() === "") return "empty";
  if (policy === "strip" && isPicture(text)) return "empty";
  const start = quotedStart(lines, index);
  if (start) return start;
  return policy === "strip" && endSign(text) ? "end" : "text";
}

/** What Outlook and Gmail write where a picture stood: a logo of the signature, as a rule. */
function isPicture(text: string): boolean {
  return /^\s*\[(?:cid:|image:|inline image|https?:\/\/\S{1,300}\.(?:png|jpe?g|gif)\b)[^\]]{0,400}\]\s*$/i.test(
    text,
  );
}

const isWritten = (line: Line) => line.kind === "text" || line.kind === "code";

/** A rule line above the first words ends nothing; only its own line goes. */
function cutAtEnd(lines: Line[]): Line[] {
  const first = lines.findIndex(isWritten);
  const ends = new Set(
    lines.filter((line, index) => line.kind === "end" && index > first && !isHeading(lines, index)),
  );
  const kept = lines
    .filter((line, index) => line.kind !== "end" || index > first)
    .map((line): Line => (line.kind === "end" && !ends.has(line) ? { ...line, kind: "text" } : line));
  const end = kept.findIndex((line) => line.kind === "end");
  if (end < 0 || first < 0) return kept;
  const below = kept.slice(end);
  const quoted = below.findIndex((line) => line.kind === "attribution");
  const answersBelow = quoted >= 0 && !kept.slice(0, end).some((line) => line.kind === "attribution");
  return answersBelow ? [...kept.slice(0, end), ...below.slice(quoted)] : kept.slice(0, end);
}

/** A rule with text below and another rule after that text divides sections of one mail; "--" never does. */
function isHeading(lines: Line[], index: number): boolean {
  const rule = (line: Line) => line.kind === "end" && isRule(line.text) && line.text.trim().length > 2;
  const line = lines[index];
  if (!line || !rule(line)) return false;
  const before = lines.slice(0, index).filter((one) => one.kind !== "empty");
  const after = lines.slice(index + 1).filter((one) => one.kind !== "empty");
  const underlines = lines[index - 1]?.kind === "text" && lines[index + 1]?.kind === "text";
  const quoted = after.findIndex((one) => one.kind !== "text");
  if (underlines && after.slice(0, quoted < 0 ? undefined : quoted).some((one) => isSentence(one.text)))
    return true;
  const nextRule = after.findIndex(rule);
  const divides =
    nextRule > 0 && after.slice(0, nextRule).every(isWritten) && after.slice(nextRule).some(isWritten);
  const previousRule = before.findLastIndex(rule);
  const closes = previousRule > 0 && previousRule < before.length - 1 && after.some(isWritten);
  return divides || closes;
}

function isSentence(text: string): boolean {
  return text.length >= 40 && /[.!?]\s*$/.test(text);
}

function dropBanner(lines: Line[]): Line[] {
  const first = lines.findIndex(isWritten);
  if (first < 0 || !isBanner(lines[first]?.text ?? "")) return lines;
  let end = first + 1;
  while (
    end < lines.length &&
    end < first + 6 &&
    lines[end]?.kind === "text" &&
    isBanner(lines[end]?.text ?? "")
  )
    end += 1;
  if (lines[end]?.kind === "end") end += 1;
  return lines.slice(end);
}

/** Everything below "-----Original Message-----" or a header block is quoted, if something was written above. */
function cutAtOriginal(lines: Line[], policy: SignaturePolicy): Line[] {
  const at = lines.findIndex(
    (line) => line.kind === "original" || (line.kind === "forwarded" && policy === "strip"),
  );
  if (at < 0) return lines;
  if (!lines.slice(0, at).some(isWritten)) return lines;
  let end = at;
  while (end > 0 && (lines[end - 1]?.kind === "empty" || isRule(lines[end - 1]?.text ?? ""))) end -= 1;
  return lines.slice(0, end);
}

/**
 * An attribution introduces the quote lines right below it; both go. Without quote lines below, all that
 * follows is quoted when something was written above, else (answers below the quote) only the attribution goes.
 */
function cutAtAttribution(lines: Line[], policy: SignaturePolicy): Line[] {
  const at = lines.findIndex((line) => line.kind === "attribution");
  if (at < 0) return lines;
  let end = at;
  while (lines[end]?.kind === "attribution") end += 1;
  const above = lines.slice(0, at);
  const written = above.some(isWritten);
  let next = end;
  while (lines[next]?.kind === "empty") next += 1;
  if (lines[next]?.kind !== "quote") {
    return written ? above : cutAtAttribution([...above, ...lines.slice(end)], policy);
  }
  const below = lines.slice(end);
  if (!written && isInterleaved(below)) return [...above, ...withoutAttributions(below)];
  let quoteEnd = next;
  while (quoteEnd < lines.length && lines[quoteEnd]?.kind !== "text" && lines[quoteEnd]?.kind !== "code")
    quoteEnd += 1;
  const rest = joinBrokenQuote(lines.slice(quoteEnd));
  if (!rest.some(isWritten)) return above;
  const texts = rest.filter(isWritten).map((line) => line.text);
  if (written && policy === "strip" && (looksLikeSignature(texts) || rest.length < 2)) return above;
  return [...above, ...cutAtAttribution(rest, policy)];
}

/** A long link wrapped out of a quote leaves its tail unmarked; a lone line between quote lines is no answer. */
function joinBrokenQuote(lines: Line[]): Line[] {
  const next = lines.slice(1).find((line) => line.kind !== "empty");
  const wrapped = lines[0]?.kind === "text" && lines[1]?.kind === "quote" && !/\s/.test(lines[0].text.trim());
  return wrapped && next?.kind === "quote" ? lines.slice(1) : lines;
}

function isInterleaved(lines: Line[]): boolean {
  const firstText = lines.findIndex(isWritten);
  const laterQuote = lines.findIndex((line, index) => index > firstText && line.kind === "quote");
  return firstText >= 0 && laterQuote > 0 && lines.slice(laterQuote).some(isWritten);
}

function withoutAttributions(lines: Line[]): Line[] {
  return lines.filter((line) => line.kind !== "attribution");
}

/** Quotes at the end go; quotes at the top go when one answer follows them; quotes between answers stay. */
function dropOuterQuotes(lines: Line[], dropLast: boolean): Line[] {
  if (!lines.some(isWritten)) return lines;
  let end = lines.length;
  while (dropLast && end > 0 && !isWritten(lines[end - 1] ?? { text: "", kind: "empty" })) end -= 1;
  const kept = lines.slice(0, end);
  const first = kept.findIndex(isWritten);
  const quotedAbove = kept.slice(0, first).some((line) => line.kind === "quote");
  const quotedLater = kept.slice(first).some((line) => line.kind === "quote");
  return quotedAbove && !quotedLater ? kept.slice(first) : kept;
}

function render(lines: Line[]): string {
  if (!lines.some(isWritten)) return "";
  return unmark(lines.map((line) => (line.kind === "empty" ? "" : line.text)).join("\n"))
    .replace(/[ \t\u00a0]+$/gm, "")
    .trim();
}

function unmark(text: string): string {
  return text.replaceAll(QUOTE_MARK, "").replaceAll(SENT_MARK, "").replaceAll(BOUNDARY_MARK, "");
}
