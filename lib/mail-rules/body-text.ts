import { htmlToText } from "./html-text";
import type { ParsedMail } from "./mail-types";

/** The body as text: the plain part, or the HTML part read as text when there is no plain one. Never throws. */
export function readBodyText(mail: ParsedMail): string {
  if (mail.text.trim() !== "" || mail.html === "") return mail.text;
  return htmlToText(mail.html);
}
