/**
 * Lines that end what a person wrote: signature separators (RFC 3676, 4.3), "Sent from my …" of phones and mail
 * programs in ten languages, legal notices, gateway banners and list footers.
 */

const SEPARATOR = /^\s*(?:--|—{2,}|__|-- ?-|[-_=*#~–—]{3,}|(?:[-_=*] ){3,}[-_=*]?)\s*$/;
const ONE_RULE = /^\s*[-_=*#~–—\s]{2,}$/;

const MOBILE =
  /^[\s*_<(["“-]*(?:(?:sent|gesendet|envoy[ée]e?|enviado|enviada|inviato|inviata|verzonden|verstuurd|sendt|skickat|lähetetty|wysłane|wysłano|odesláno|отправлено|надіслано|gönderildi|trimis)(?: \S{1,20}){0,2}? (?:from|via|by|with|using|von|vom|mit|über|aus|depuis|de(?:puis)?|à partir|avec|desde|con|do|da|pelo|dal?|tramite|vanaf|met|van|via|fra|från|min|z|ze|с|из|від|prin)\b.{0,140}|von mein\w* .{0,60}gesendet.{0,40}|diese nachricht wurde von .{0,80}gesendet.{0,10}|get (?:\[?outlook|yahoo|the .{0,30}app).{0,100}|(?:obtenez|hol dir|holen sie sich|obtener|ottieni|download) .{0,20}outlook.{0,80}|从我的.{1,40}发送|從我的.{1,40}傳送|iphone(?:から|で).{1,10}|.{1,40}から送信|someone from mobile|from my .{0,20}(?:iphone|ipad|phone|mobile|blackberry|galaxy|android|samsung)\b.{0,60})[\s*_>)\]"”.]*$/i;

const DISCLAIMER =
  /^[\s*_#-]*(?:confidentiality (?:notice|note)|(?:legal )?disclaimer\s*:|notice(?: of confidentiality)?\s*:|privileged (?:and|&|\/) confidential|this (?:e-?mail|message|communication|transmission)(?:,? (?:and|including|together with) [^.]{0,80})? (?:is|are|may|contains?|was)\b.{0,80}(?:confidential|privileged|intended|proprietary)|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message|communication|transmission)|if you (?:are not the intended|have received this (?:e-?mail|message|communication))|diese e-?mail (?:enthält|ist)|ce (?:message|courriel|mail) (?:et|est|peut|contient)|este (?:mensaje|correo|e-?mail) (?:y|es|puede|contiene)|questo messaggio|dit (?:bericht|e-?mailbericht) (?:is|kan|bevat)|please consider the environment|irs circular 230)/i;

const BANNER =
  /^[\s*_[<-]*(?:caution|warning|external(?: e-?mail| sender| message)?|attention|be careful|alert)\b[\]:>*!\s-]{0,6}.{0,40}\b(?:external|outside|originated|originates|not from|unknown sender|do not (?:click|open)|e-?mail)\b/i;
const BANNER_SECOND =
  /^[\s*_]*(?:do not (?:click|open)|use caution|exercise caution|you don['’]t often get email|learn why this is important|unless you recogni[sz]e|please exercise|this (?:message|e-?mail) (?:was sent|originated|came) from outside|\[?you don't often)/i;

const FOOTER =
  /^[\s*_—-]*(?:you(?:['’]re| are)? (?:receiv(?:ing|ed) (?:this|the)|subscribed)|reply to this e-?mail directly|view (?:it|this e-?mail) (?:on|in)|to (?:unsubscribe|stop receiving|opt out|be removed)\b|unsubscribe\b(?!\s+(?:me|us|my|please)\b)(?=.*(?:https?:|<|\||\bhere\b|\blink\b|\bat any time\b)).{0,120}$|manage your (?:subscription|preferences)|visit (?:topic|message)|scanned by|virus-free\.|avast|this message has been scanned|yahoo groups links|posted by:)/i;

/** What ends the written text at a line, or null. */
export type EndSign = "separator" | "mobile" | "disclaimer" | "footer";

/** Reads one line; blank lines and ordinary text give null. */
export function endSign(line: string): EndSign | null {
  if (line.trim() === "" || line.length > 1_000) return null;
  if (SEPARATOR.test(line)) return "separator";
  if (line.length < 220 && MOBILE.test(line)) return "mobile";
  if (DISCLAIMER.test(line)) return "disclaimer";
  return FOOTER.test(line) ? "footer" : null;
}

/** True for a gateway's warning at the top of a mail ("CAUTION: This email originated from outside …"). */
export function isBanner(line: string): boolean {
  return line.length < 500 && (BANNER.test(line) || BANNER_SECOND.test(line));
}

/** True for a line of nothing but rule characters. */
export function isRule(line: string): boolean {
  return ONE_RULE.test(line) && line.trim() !== "";
}

/** Words a signature or a leave-taking is made of; used only for text below a quote. */
export function looksLikeSignature(lines: string[]): boolean {
  const text = lines.filter((line) => line.trim() !== "");
  if (text.length === 0 || text.length > 8) return false;
  const closing =
    /^(?:(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|thank you|thanks|sincerely|cheers|best|viele grüße|mit freundlichen grüßen|cordialement|saludos|cordiali saluti|groeten|[\w .-]{1,40}@\S+|[+(\d][\d ()+./x-]{6,25})[,.!]?/i;
  return closing.test(text[0] ?? "") && text.every((line) => line.length < 60);
}
