/**
 * The line a mail program writes above what it quotes: "On Tue, 4 Mar 2025 at 10:12, Jane <j@x.com> wrote:".
 * Wordings of Gmail, Apple Mail, Outlook for iOS and Android, Thunderbird, Yahoo, mail.ru and K-9, in English,
 * German, French, Spanish, Portuguese, Italian, Dutch, the Nordic languages, Polish, Czech, Russian and Ukrainian.
 */

const VERB = String.raw`(?:wrote|writes|schrieb|geschrieben|a[ \u00a0]écrit|escribi[óo]|escreveu|ha scritto|scrisse|schreef|geschreven|skrev|skrifaði|kirjoitti|napisa[łl](?:\(a\)|a)?|napsal(?:\(a\)|a)?|пише|пишет|написал(?:\(а\)|а)?|yazdı|écrivait|a scris|írta|写道|のメール|đã viết)`;

const OPENER = "(?:on|le|am|el|il|em|op|den|på|pe|w dniu|dnia|in data|at|vào|dne|a|il giorno|el día|em data)";

const WROTE = new RegExp(
  String.raw`^[\s>*_"-]*${OPENER}(?=[\s\d]).*\d.*${VERB}[^\w]{0,3}(?:<?\S+@\S+>?)?\s*[:：]?[\s_*>-]*$`,
  "i",
);
/** The verb before the name, as German, Dutch and Nordic mail programs order it. */
const DATE_WROTE_NAME = new RegExp(
  String.raw`^[\s>*_"-]*${OPENER}(?=[\s\d])[^\n]{0,120}\d[^\n]{0,60}${VERB}[^\n]{1,200}[:：]\s*$`,
  "i",
);
const WROTE_BY_NAME = new RegExp(
  String.raw`^[\s>*]*[^\n]{1,120}[<(\[]\S+@\S+[>)\]][^\n]{0,40}?${VERB}[^\n]{0,80}[:：]\s*$`,
  "i",
);
const WROTE_ANY_ORDER = new RegExp(
  String.raw`^[\s>*]*(?=[^\n]*\d{1,2}[:.h]\d{2})(?=[^\n]*\d{4})[^\n]{10,300}${VERB}[^\n]{0,20}[:：]\s*$`,
  "i",
);
/** Gmail without a verb: "2017-02-05 13:29 GMT+02:00 Name <a@b.c>:" and "ср, 30 апр. 2025 г. в 15:19, Name <a@b.c>:". */
const DATE_AND_ADDRESS =
  /^[\s>*]*(?=[^\n]*\d{1,2}[:.]\d{2})(?=[^\n]*(?:19|20)\d\d)[^\n]{8,200}[<(]\s*\S+@\S+\s*[>)]\s*[:：]\s*$/;
/** Any language: a year, a clock time, an address in brackets near the end, a colon. */
const DATE_ADDRESS_COLON =
  /^[\s>*]*(?=[^\n]*\d{1,2}[:.]\d{2})(?=[^\n]*(?:19|20)\d\d)[^\n]{8,200}<\s*\S+@\S+\s*>[^\n]{0,30}[:：]\s*$/;
/** Horde, AOL and Android's mail program. */
const OTHER_PROGRAMS =
  /^[\s>*]*(?:quoting [^\n]{1,120}\S+@\S+>?\s*:|in a message dated [^\n]{6,200} writes\s*:|-{2,}\s?[^\n]{1,120} wrote\s?-{2,})\s*$/i;
/** Gmail where the name stands for the address: "2016-03-03 17:21 GMT+01:00 Some One". */
const GMT_AND_NAME =
  /^[\s>*]*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2} \d{1,2}:\d{2} GMT[+-]\d{1,2}:\d{2} [^\n]{2,80}$/;
/** Weekday first and no clock time, as Google Groups wrote in Russian and others. */
const WEEKDAY_FIRST = new RegExp(
  String.raw`^[\s>*]*\p{L}{2,14}[.,] [^\n]{0,20}\d{1,2}[^\n]{0,30}(?:19|20)\d\d[^\n]{0,150}${VERB}[^\n]{0,150}[:：]\s*$`,
  "iu",
);
const SENT = /^[\s>*]*On [^\n]{0,80}\d[^\n]{0,200}\S+@\S+[^\n]{0,20} sent\s*:\s*$/i;
const BARE_DATE_AND_ADDRESS =
  /^[\s>*]*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b[^\n]{0,120}<\s*\S+@\S+\s*>\s*[:：]?\s*$/;
/** Signs that a line may begin an attribution wrapped over several lines. */
const MAY_OPEN = new RegExp(
  String.raw`^[\s>*_-]*(?:${OPENER}(?=[\s\d])|\d{1,4}[-./ ]|\p{L}{2,12}[,.] ?\d|[^\n]{1,100}<|quoting |in a message dated |-{2,}\s?\S[^\n]{0,120} wrote)`,
  "iu",
);

/** Cheap to ask before the rest: every attribution has a verb, ends in a colon, or begins with a year. */
const MAY_BE = new RegExp(String.raw`${VERB}|[:：]\s*$|^[\s>*]*(?:19|20)\d\d[-/.]`, "i");

const MAX_JOINED_LINES = 6;
const MAX_JOINED_CHARS = 500;

/** Number of lines from `index` that together are one attribution; 0 when they are none. */
export function attributionLength(lines: string[], index: number): number {
  const first = lines[index] ?? "";
  if (first.trim() === "" || first.length > MAX_JOINED_CHARS || !MAY_OPEN.test(first)) return 0;
  let joined = "";
  for (let count = 1; count <= MAX_JOINED_LINES && index + count <= lines.length; count += 1) {
    const line = (lines[index + count - 1] ?? "").replace(/\u00a0/g, " ");
    if (line.trim() === "" && !/^\s*(?:<|mailto:)/.test(lines[index + count] ?? "")) return 0;
    if (line.trim() === "") continue;
    joined = `${joined} ${count > 1 ? line.replace(/^\s*>\s?/, "") : line}`.trim();
    if (joined.length > MAX_JOINED_CHARS) return 0;
    // "12 acres." above "On Tue, … wrote:" is the writer's: an attribution is as short as it can be.
    if (isAttribution(joined)) return hasShorter(lines.slice(index, index + count)) ? 0 : count;
    if (count > 1 && /[.!?]$/.test(line.trim()) && !/\d/.test(line)) return 0;
  }
  return 0;
}

/** Ways to name the writer that are an attribution only right above a quote: "Dana Whitlock wrote:", "Dana wrote on 3/4/2026:". */
const RIGHT_ABOVE = new RegExp(
  String.raw`^[^\n.!?]{1,120}${VERB}[^\n!?]{0,60}:?\s*$|^[^\n!?]{0,160}<?\S+@\S+\.\S+>?[^\n!?]{0,60}:\s*$|^[\s>]*>>>[^\n]{3,200}>>>\s*$`,
  "i",
);

/** True for a line that introduces the quote below it, though it would say nothing elsewhere. */
export function introducesQuote(line: string): boolean {
  return line.length < 260 && RIGHT_ABOVE.test(line);
}

function hasShorter(lines: string[]): boolean {
  return lines.some((_, from) => from > 0 && isAttribution(lines.slice(from).join(" ").trim()));
}

/** True when the text, on one line, is an attribution. */
export function isAttribution(text: string): boolean {
  if (text.length > MAX_JOINED_CHARS || !MAY_BE.test(text)) return false;
  return [
    WROTE,
    DATE_WROTE_NAME,
    WROTE_BY_NAME,
    WROTE_ANY_ORDER,
    DATE_AND_ADDRESS,
    DATE_ADDRESS_COLON,
    OTHER_PROGRAMS,
    GMT_AND_NAME,
    WEEKDAY_FIRST,
    SENT,
    BARE_DATE_AND_ADDRESS,
  ].some((one) => one.test(text));
}

/** Puts an attribution that shares its line with the reply on a line of its own ("reply--- On Wed, … wrote:"). */
export function splitSharedLines(lines: string[]): string[] {
  return lines.flatMap((line) => {
    const shared = SHARED_RULE.exec(line) ?? SHARED_DATE.exec(line);
    return shared ? [shared[1] ?? "", shared[2] ?? ""] : [line];
  });
}

const SHARED_RULE = /^(.{0,400}?[^\s-])\s*-{2,}\s?(On [^\n]{6,300}wrote\b.{0,10})$/;
const SHARED_DATE =
  /^(.{0,400}?[^\s>*_-])\s+(On (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? |(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} \d|\d{1,2}[ /.-])[^\n]{4,250}@[^\n]{2,80} wrote:)\s*$/;
