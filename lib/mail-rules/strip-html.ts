import { type ElementRole, type HtmlElement, htmlToText } from "./html-text";
import { ownWords, type SignaturePolicy, stripQuotes } from "./strip-quotes";

/** Elements mail programs wrap the earlier mail in: its whole content is quoted. */
const QUOTE_CLASS =
  /(?:^|\s)(?:[a-z]{0,3}gmail_attr|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-cite-prefix|moz-email-headers-table|quote|quoted-?text|cite|freebirdFormviewerViewResponsesGrid|front-blockquote|hs_reply|WordSection1_quote|skiff_quote|superhuman-quote|gmail_extra_quote|OutlookMessageHeader)(?:\s|$)/i;
const QUOTE_ID =
  /^(?:OLK_SRC_BODY_SECTION|isForwardContent|divtagdefaultwrapper_quote|yahoo_quoted_\w*|reply-intro|replySplit|mail-editor-reference-message-container|ms-outlook-mobile-reference-message)$/i;

/** Elements after which everything belongs to the earlier mail (Outlook on the web, Hotmail, Outlook for phones). */
const BOUNDARY_ID =
  /^(?:(?:x_)*divRplyFwdMsg|(?:x_)*appendonsend|stopSpelling|(?:x_)*mail-editor-reference-message-container|zwchr|reply-separator)$/i;
/** Word as Outlook's editor: the header block's box, in the blues and greys of 2007 to 365. */
const BOUNDARY_STYLE =
  /border-top\s*:\s*(?:solid|none)?\s*(?:solid\s*)?#?(?:B5C4DF|E1E1E1|CCCCCC|C9C9C9)|border-top\s*:\s*#?(?:B5C4DF|E1E1E1)\s+(?:\d\S*\s+)?solid|border:\s*none;\s*border-top:\s*solid/i;

const SIGNATURE =
  /^(?:gmail_signature|moz-signature|Signature|ms-outlook-(?:mobile-)?signature|yahoo_signature|protonmail_signature_block|AppleMailSignature|x_Signature|signature)$/i;

/**
 * The text a person wrote in an HTML mail. Quoting elements of Gmail, Outlook 2003 to 365 and on the web,
 * Apple Mail, Yahoo, Thunderbird, Proton, Zoho, Zimbra and Hotmail are told by id, class or style; what they leave
 * is then read as plain text, so a header block without any markup is found too.
 */
export function stripHtml(html: string, signaturePolicy: SignaturePolicy = "strip"): string {
  return stripQuotes(
    htmlToText(html, (element) => roleOf(element, signaturePolicy)),
    signaturePolicy,
  );
}

/** The words of the writer alone in an HTML mail, as `ownWords` gives them. */
export function ownWordsOfHtml(html: string, sent: readonly string[] = []): string {
  return ownWords(
    htmlToText(html, (element) => roleOf(element, "strip")),
    sent,
  );
}

function roleOf(element: HtmlElement, policy: SignaturePolicy): ElementRole {
  const { id = "", class: className = "", style = "" } = element.attribs;
  if (isInvisible(style)) return "skip";
  if (BOUNDARY_ID.test(id) || (element.name === "div" && BOUNDARY_STYLE.test(style.slice(0, 500))))
    return "boundary";
  if (element.name === "hr" && id === "stopSpelling") return "boundary";
  if (QUOTE_ID.test(id) || QUOTE_CLASS.test(className)) return "quote";
  if (element.name === "blockquote") return "quote";
  if (policy === "strip" && isSignature(id, className)) return "skip";
  return "content";
}

function isSignature(id: string, className: string): boolean {
  return SIGNATURE.test(id) || className.split(/\s+/).some((name) => SIGNATURE.test(name));
}

/** Preheaders and trackers: text a reader never sees must not become a reason, a price or an opt-out. */
function isInvisible(style: string): boolean {
  return /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)/i.test(
    style.slice(0, 500),
  );
}
