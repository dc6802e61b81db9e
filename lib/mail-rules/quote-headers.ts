/**
 * Where a mail program sets the earlier mail below a rule or a block of header lines: Outlook 2003 to 365,
 * Outlook for iOS, Yahoo, Lotus Notes, Exchange, in fourteen languages.
 */

const ORIGINAL =
  "(?:original (?:message|appointment|email)|forwarded (?:message|by .{0,80})|reply message|ursprüngliche (?:nachricht|e-?mail)|originalnachricht|weitergeleitete nachricht|message (?:d['’]origine|original|transféré|initial)|courriel original|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|messaggio (?:originale|inoltrato)|oorspronkelijk(?: bericht|e? e?-?mail)|doorgestuurd bericht|oprindelig meddelelse|opprinnelig melding|ursprungligt meddelande|ursprungligt e-postmeddelande|vidarebefordrat.{0,20}|alkuperäinen viesti|wiadomość oryginalna|původní zpráva|исходное сообщение|пересылаемое сообщение|исходное письмо|オリジナル メッセージ|原始邮件|原始郵件)";

/** The same line in a language or wording not listed: a mail noun between dashes. */
const WORD = String.raw`[\p{L}'’]`;
const MAIL_NOUN =
  "(?:message|e-?mail|nachricht|besked|meddelelse|melding|meddelande|bericht|mensaje|correo|mensagem|messaggio|viesti|wiadomość|zpráva|správa|сообщение|письмо|повідомлення|mesaj|üzenet|mesajul)";

const ORIGINAL_LINE = new RegExp(
  String.raw`^[\s>*]*(?:-{3,}\s*(?:${WORD}{1,20}\s){0,2}${MAIL_NOUN}(?:\s${WORD}{1,20}){0,2}\s*-{3,}|[-_=*#—]{2,}\s*${ORIGINAL}\s*[-_=*#—]*:?|${ORIGINAL}:?\s*[-_=*]{2,}|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message réexpédié ?:|inicio del mensaje reenviado:|inizio messaggio inoltrato:)[\s>*]*$`,
  "iu",
);
const FORWARD =
  /forward|weitergeleitet|transféré|réexpédié|reenviado|encaminhada|inoltrato|doorgestuurd|vidarebefordra|пересыл/i;

const FROM = "from|von|de|da|van|fra|från|od|lähettäjä|от|від|message du|kimden|发件人|寄件者|差出人";
const SENT =
  "sent|date|gesendet|datum|envoyé|envoyée?(?: le)?|enviado(?: el| em)?|fecha|inviato|data|verzonden|sendt|dato|skickat|lähetetty|wysłano|odesláno|дата|отправлено|sent at|发送时间|日期|寄件日期|送信日時";
const TO =
  "to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|кому|cc|kopie(?: an)?|copie(?: à)?|copia|cópia|kopi|kopia|bcc|reply-to|收件人|宛先";
const SUBJECT =
  "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|тема|主题|主旨|件名|importance|attachments";

const field = (names: string) =>
  new RegExp(String.raw`^[\s>]*[*_]{0,2}(?:${names})\s?[*_]{0,2}\s?[:：][*_]{0,2}(?:\s|$|<|\S+@)`, "i");
const FROM_FIELD = field(FROM);
const SENT_FIELD = field(SENT);
const OTHER_FIELD = field(`${TO}|${SUBJECT}`);

/** A block whose fields stand in one line, as inline elements leave them. */
const ONE_LINE = new RegExp(String.raw`\S+@\S+.{0,80}\s(?:${SENT})\s?:.{0,60}\d`, "i");

/** How a quoted mail begins at a line. */
export type QuotedStart = "original" | "forwarded" | null;

/** Tells whether line `index` begins a quoted mail by a rule ("-----Original Message-----") or a header block. */
export function quotedStart(lines: string[], index: number): QuotedStart {
  const line = lines[index] ?? "";
  if (line.trim() === "" || line.length > 300) return null;
  if (ORIGINAL_LINE.test(line)) return FORWARD.test(line) ? "forwarded" : "original";
  return isHeaderBlock(lines, index) ? "original" : null;
}

/** Lines from `index` on that are such a block, or the rule above it with the block; at least 1. */
export function headerBlockLength(lines: string[], index: number): number {
  let end = index;
  if (ORIGINAL_LINE.test(lines[end] ?? "")) end += 1;
  let last = end;
  for (; end < Math.min(lines.length, index + 16); end += 1) {
    const line = lines[end] ?? "";
    if (line.trim() === "" && last > index + 1 && !nextIsField(lines, end)) break;
    if (isQuotedField(line) || (last > index && /^\s{2,}\S/.test(line))) last = end + 1;
    else if (line.trim() !== "") break;
  }
  return Math.max(1, last - index);
}

/** True for a field of such a block. */
export function isQuotedField(line: string): boolean {
  return FROM_FIELD.test(line) || SENT_FIELD.test(line) || OTHER_FIELD.test(line);
}

/** From or date first, then other fields close by. Two are enough only when they carry an address and a date. */
function isHeaderBlock(lines: string[], index: number): boolean {
  const first = lines[index] ?? "";
  const startsWithFrom = FROM_FIELD.test(first);
  const startsOtherwise = !startsWithFrom && !SENT_FIELD.test(first);
  if (startsOtherwise && !(OTHER_FIELD.test(first) && isQuotedField(lines[index + 1] ?? ""))) return false;
  if (startsWithFrom && ONE_LINE.test(first)) return true;
  const near = lines.slice(index, index + 12);
  const blanks = near.findIndex((line, at) => at > 0 && line.trim() === "" && !nextIsField(near, at));
  const block = blanks < 0 ? near : near.slice(0, blanks);
  const kinds = [FROM_FIELD, SENT_FIELD, OTHER_FIELD].filter((kind) => block.some((line) => kind.test(line)));
  const fields =
    block.filter(isQuotedField).length + (/\S\s+(?:objet|subject)\s?:/i.test(block.join(" ")) ? 1 : 0);
  if (startsOtherwise) return kinds.length === 3 && fields >= 4;
  if (kinds.length >= 2 && fields >= 3) return true;
  return startsWithFrom && fields >= 2 && block.some((line) => SENT_FIELD.test(line) && /\d/.test(line));
}

function nextIsField(lines: string[], index: number): boolean {
  const next = lines.slice(index + 1).find((line) => line.trim() !== "");
  return next !== undefined && isQuotedField(next);
}
