import { quoteForWhy } from "@/lib/files/text-limits";
import { readBodyText } from "./body-text";
import { findAddresses } from "./mail-addresses";
import { headerValue, type ParsedMail } from "./mail-types";
import { type DateContext, type ReturnDate, readReturnDate } from "./return-date";

/** "left_company" and "challenge" need a person: the first names nobody to wait for, the second wants a click. */
export type AutoReplyKind = "out_of_office" | "left_company" | "acknowledgement" | "challenge" | "automatic";

export interface AutoReply {
  what: AutoReplyKind;
  returnDate: ReturnDate | null;
  /** Addresses the text offers instead of its own, lower case. */
  otherContacts: string[];
  why: string;
}

/** Subject prefixes and phrases of automatic replies, in the languages of Outlook, Gmail and Lotus Notes. */
const SUBJECT =
  /^\s*(?:auto(?:matic|matische|mated)?[- ]?(?:re(?:ply|sponse|sponder|spuesta)|answer|reply)|autosvar|autoreply|auto[- ]?response|out of (?:the )?office|ooo\b|ooto\b|away from (?:my|the|his|her) (?:e-?mail|desk|office|mail)|vacation|on (?:vacation|leave|holiday|annual leave|parental leave|maternity leave|paternity leave)|i(?:['’]m| am| will be| shall be)? (?:currently |now )?(?:away|on (?:vacation|leave|holiday)|out of)|abwesenheit|automatische antwort|abwesend|nicht im büro|réponse automatique|absence|absent|en congés?|respuesta automática|fuera de (?:la )?oficina|ausente|ausencia|risposta automatica|fuori (?:sede|ufficio)|assenza|assente|automatisch antwoord|afwezig|resposta automática|ausência|fora do escritório|automatisk svar|automatiskt svar|frånvaro|fravær|autom(?:aattinen|atická|atyczna) (?:vastaus|odpov\S*)|автоответ|автоматический ответ|自动(?:回复|答复)|自動(?:返信|応答|回覆)|otomatik yanıt|(?:thank you|thanks) for (?:your (?:e-?mail|message|inquiry|enquiry|interest|request)|contacting|reaching out|getting in touch)|(?:incident|request|ticket|case|inquiry|enquiry|support)\b.{0,40}\b(?:received|opened|created|logged|registered|assigned)|(?:your|new) (?:incident|request|ticket|case|inquiry|enquiry|support)\b.{0,40}\b(?:received|opened|created|logged|registered|assigned)|\[(?:request|ticket|case)\b[^\]]{0,30}\]|(?:we have |we['’]ve )?received your (?:e-?mail|message|request)|ticket (?:received|created)|\[auto\]|auto:)|\b(?:out of (?:the )?office|automatic reply|auto-?reply|auto[- ]?respon(?:se|der)|vacation (?:reply|message|response|notice)|is out of the office|away message|no longer (?:with|at|employed)|abwesenheitsnotiz|réponse automatique d['’]absence)\b/i;

const BODY =
  /(?:(?:incident|request|ticket|case|inquiry|enquiry|message|e-?mail)\b[^.!?]{0,30}\b(?:has|have) been (?:received|opened|created|logged|registered|assigned|forwarded to (?:the|our)|added)\b|(?:a member of our team|someone (?:from|on) our team|our team|one of our \w+|we) will (?:be in touch|get back to you|respond|reply|review|contact you|answer)\b[^.!?]{0,40}\b(?:within|shortly|as soon as|in \d)|\b(?:i(?:['’]m| am| will be|['’]ll be| shall be)|we are|[a-z]+ is|(?:he|she) is) (?:currently |presently |now |also )?(?:out of (?:the )?(?:office|country|town)|away (?:from|on|until)|on (?:annual |maternity |paternity |parental |medical |sick |extended )?(?:leave|vacation|holidays?|pto)|travell?ing (?:until|through|with|and will)|unavailable (?:until|through|from)))|thank you for (?:your (?:e-?mail|message)|contacting|e-?mailing)[^.!?]{0,80}[.!,]? (?:i(?:['’]m| am| will be)|we(?:['’]re| are| will| have|['’]ll)|your|this) (?:currently |presently )?(?:out|away|on|unable|receiv|respond|get back|be in touch|message has|e-?mail has|is an auto)|this is an automat(?:ed|ic) (?:reply|response|message|e-?mail)|automat(?:ed|ic) (?:reply|response) (?:to|from)|limited access to (?:my )?e-?mail|(?:is|am) no longer (?:with|at|employed)|no longer works? (?:at|for|here|with)|(?:this|your) (?:message|e-?mail) (?:was|has been) (?:received|held|placed)|confirm (?:that )?you(?:r| are)[^.]{0,60}(?:human|person|sender|e-?mail)|ich bin (?:derzeit |zur ?zeit |momentan |aktuell |vom .{0,40})?(?:nicht im (?:büro|haus)|abwesend|im urlaub|außer haus)|bin ich (?:nicht im büro|abwesend|im urlaub)|je suis (?:actuellement )?(?:absente?|en congés?|en vacances|en déplacement|hors du bureau)|estoy (?:fuera de|de vacaciones|ausente)|estaré (?:fuera de|de vacaciones|ausente)|sono (?:assente|fuori (?:ufficio|sede)|in ferie)|sarò (?:assente|fuori)|ik ben (?:afwezig|niet aanwezig|op vakantie|momenteel)|estou (?:fora|ausente|de férias)|estarei (?:fora|ausente|de férias)/i;

const LEFT =
  /(?<![\p{L}])(?:no longer (?:with|at|employed|works?|working|part of|associated|affiliated|handles?|manages?|owns?)|(?:has|have|['’]ve|['’]s) (?:recently |now |since )?(?:left|departed|retired|resigned|passed away|passed on|died|moved on|moved to (?:another|a new|a different) (?:company|firm|role|position))|(?:is|was|am) (?:now )?(?:retired|deceased)|passed away|moved on from|retired (?:from|as of|in|on|effective)|(?:last|final) day (?:at|with|was)|is no longer (?:an? employee|monitored|in use|active|valid)|(?:mailbox|address|account) (?:is )?no longer|arbeitet nicht mehr|nicht mehr (?:im unternehmen|bei uns|bei|für|tätig|beschäftigt|mitarbeiter)|(?:hat|habe) (?:das unternehmen|die firma|unser haus) verlassen|ausgeschieden|im ruhestand|ne (?:fait|travaille|fais) plus|n['’]est plus|a quitté|est (?:décédée?|à la retraite)|ya no (?:trabaja|forma|está|labora)|ha dejado (?:la empresa|de trabajar)|falleci[óo]|se (?:ha )?jubil\w+|non (?:lavora|collabora|fa) più|ha lasciato|è (?:deceduto|andato in pensione)|(?:is )?niet (?:meer|langer) (?:werkzaam|in dienst|actief)|werkt niet (?:meer|langer)|is met pensioen|n[ãa]o (?:trabalha|faz|está) mais|j[áa] não (?:trabalha|faz|está)|deixou a empresa|arbetar inte längre|har slutat|har gått i pension|退職|退社|離職)(?![\p{L}])/iu;
const CHALLENGE =
  /\b(?:confirm (?:that )?you(?:r| are)|verify (?:that )?you(?:r| are)|click (?:on )?the (?:link|button) (?:below )?to (?:confirm|verify|deliver|release)|challenge[- ]response|spam ?arrest|boxbe|approved senders?|awaiting your verification|whitelist)\b/i;
const ABSENT =
  /(?<![\p{L}])(?:out of (?:the )?(?:office|country|town)|(?:be|am|is|['’]m|are) (?:out|off)\b|unavailable|conference|closed|travell?ing|baja|viaje|licencia|ledig|semester|afwezig\w*|congedo|parental|maternity|paternity|sabbatical|medical|jury duty|不在|休暇|お休み|nicht (?:erreichbar|da)|dienstreise|elternzeit|krank|fermé|déplacement|werk niet|away|vacation|holiday|leave|pto|ooo|return(?:ing)?|back|abwesen|urlaub|nicht im|absen|congé|vacances|fuera|ausen|vacaciones|assen|fuori|ferie|afwezig|vakantie|ausênc|férias|frånvar|fravær)/iu;
const RECEIVED =
  /\b(?:received your|thank you for (?:your|contacting|reaching)|get back to you|be in touch|ticket|incident|case (?:number|#)|(?:request|inquiry|enquiry|message) (?:\S+ )?has been|(?:a member of|one of) our|we will (?:respond|reply)|within \d+ (?:business )?(?:hours|days))\b/i;

/**
 * Reads an automatic reply, or null when a person seems to have written the mail. Run it after the bounce check
 * (half of all bounces carry Auto-Submitted). Sources: RFC 3834 (Auto-Submitted), MS-OXCMAIL and Zammad's list of
 * vendor fields; `X-Auto-Response-Suppress` and `Precedence: bulk` alone mean nothing and are not used.
 */
export function readAutoReply(
  mail: ParsedMail,
  ownText: string = readBodyText(mail),
  writtenAt: string | null = mail.date,
): AutoReply | null {
  const body = ownText.replace(/\s+/g, " ").trim();
  const top = body.slice(0, 600);
  const sign = headerSign(mail) ?? subjectSign(mail) ?? bodySign(top, body, mail);
  if (!sign) return null;
  const told = kindOf(mail.subject, top);
  const from = mail.from?.address.toLowerCase();
  const mayReturn = told === "out_of_office" || told === "automatic";
  const returnDate = mayReturn
    ? readReturnDate(`${mail.subject}. ${body}`, writtenAt ?? "", dateContext(mail))
    : null;
  return {
    what: returnDate ? "out_of_office" : told,
    returnDate,
    otherContacts: findAddresses(body.slice(0, 2_000))
      .filter((one) => one !== from)
      .slice(0, 10),
    why: `It is an automatic reply because ${sign}.`,
  };
}

/** What its header says about how a mail writes dates. */
export function dateContext(mail: ParsedMail): DateContext {
  return {
    contentLanguage: headerValue(mail, "content-language"),
    offset: /[+-]\d{4}(?=\s*(?:\(|$))/.exec(headerValue(mail, "date"))?.[0] ?? "",
  };
}

const PRESENT_MEANS_AUTOMATIC = [
  "x-autoreply",
  "x-auto-reply",
  "x-autorespond",
  "x-autoresponder",
  "x-autoreply-from",
  "x-auto-reply-from",
  "x-mail-autoreply",
  "x-ms-exchange-inbox-rules-loop",
  "x-vacation",
  "x-autogenerated",
];

function headerSign(mail: ParsedMail): string | null {
  if (/^IPM\.Note\.Rules\.(?:Oof|Reply|ExternalOof)Template/i.test(mail.messageClass ?? "")) {
    return `Outlook filed it as ${mail.messageClass}`;
  }
  const submitted = headerValue(mail, "auto-submitted");
  if (submitted && !/^\s*no\b/i.test(submitted))
    return `it says "Auto-Submitted: ${quoteForWhy(submitted, 40)}" (RFC 3834)`;
  const field = PRESENT_MEANS_AUTOMATIC.find((name) => !/^(?:|no|false|0)$/i.test(headerValue(mail, name)));
  if (field) return `it has the field ${field}`;
  if (/auto[_-]?reply/i.test(headerValue(mail, "precedence"))) return `it says "Precedence: auto_reply"`;
  const source = headerValue(mail, "x-ms-exchange-generated-message-source");
  if (/mailbox rules|oof/i.test(source)) return "Exchange's rules agent generated it";
  if (/autoresponder/i.test(headerValue(mail, "x-post-messageclass") + headerValue(mail, "delivered-to"))) {
    return "an autoresponder marked it";
  }
  if (/\b(?:vacation|auto-?respon)/i.test(headerValue(mail, "x-mailer"))) return "an autoresponder sent it";
  return /^(?:auto-?(?:reply|responder)|vacation)[@+._-]/i.test(mail.from?.address ?? "")
    ? "its sender is an autoresponder"
    : null;
}

function subjectSign(mail: ParsedMail): string | null {
  const subject = mail.subject.replace(/^\s*(?:\[(?!request|ticket|case)[^\]]{1,30}\]\s*)?/i, "");
  if (/^\s*(?:re|aw|sv|fwd?|wg)\s*:/i.test(subject) && !/^\s*re\s*:\s*(?:auto|out of)/i.test(subject))
    return null;
  const match = SUBJECT.exec(subject.slice(0, 200));
  return match && `its subject says "${quoteForWhy(subject, 60)}"`;
}

/** By words alone only when nothing else in the mail needs an answer: no question, no price, no call to be made. */
function bodySign(top: string, body: string, mail: ParsedMail): string | null {
  const match = BODY.exec(top);
  if (!match || body.length > 1_500) return null;
  const written = body.slice(0, 700);
  if (
    /\?|\$\s?\d|\b(?:interested|call me|let['’]s|asking price|not selling|offer|lunch|talk|meet|happy to)\b/i.test(
      written,
    )
  )
    return null;
  if (/^[^.!?]{0,30}\b(?:lease|tenant|building|property)\b/i.test(top) || match.index > 320) return null;
  return mail.html.length > 200_000 ? null : `its text says "${quoteForWhy(match[0], 60)}"`;
}

function kindOf(subject: string, top: string): AutoReplyKind {
  const text = `${subject} ${top}`;
  if (LEFT.test(text)) return "left_company";
  if (CHALLENGE.test(top)) return "challenge";
  if (ABSENT.test(text)) return "out_of_office";
  return RECEIVED.test(text) ? "acknowledgement" : "automatic";
}
