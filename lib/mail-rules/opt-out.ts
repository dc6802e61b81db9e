import { cutText, quoteForWhy } from "@/lib/files/text-limits";

export interface OptOut {
  /** The words that ask for it, as written. */
  words: string;
  why: string;
}

const US =
  "(?:me|us|my|our|this (?:e-?mail|address|account|inbox)|these (?:e-?mails|addresses)|the (?:below|above) (?:e-?mail|address))";
const LIST =
  "(?:list|lists|database|mailings?|e-?mails?|distribution|system|contacts?|outreach|records|campaigns?|crm|rolodex|solicitations?|correspondence|communications?)";

const ASKS: readonly RegExp[] = [
  /^\W{0,6}(?:please |pls |kindly |hi,? |hello,? )*(?:unsubscribe(?: me| us)?(?: now| immediately| please)?|remove(?: me| us)?|stop(?: it| now| e-?mails?)?|opt[ -]?(?:me )?out|take (?:me|us) off|no more e-?mails?|delete me|quit|cancel)(?:,? (?:please|pls|thanks?(?: you)?|asap|now|immediately))*\W{0,6}$/im,
  new RegExp(
    String.raw`\b(?:remove|take|delete|drop|scrub|strike|scratch|exclude|pull|erase) (?:${US})\b(?: [\w@.'-]+){0,5}? (?:from|off|out of)\b(?: \w+){0,6} ${LIST}\b`,
    "i",
  ),
  /\b(?:remove|delete) (?:me|us)\b(?!\s+(?:and|as|the|any)\b)(?=[\s.,!]|$)/i,
  /\btake (?:me|us|my (?:name|e-?mail|address)) off\b/i,
  /\b(?:stop|quit|cease|discontinue|refrain from)\b(?: \w+){0,2} (?:e-?mail(?:ing)?s?|mailing|sending|contacting|spamming|messaging|soliciting|bothering|harassing|writing|pestering|reaching out)\b(?: (?:to )?(?:me|us|my|our|these|this|any|anything|unsolicited|e-?mails?|them|at)\b|[\s.,!]*$|[.,!])/im,
  /\bstop (?:with )?(?:the|these|all(?: of)? (?:the|these|your)|your)(?: \w+){0,2} (?:e-?mails?|spam|messages|solicitations?)\b/i,
  /\b(?:do not|don['’]?t|never|pls don['’]?t|not)(?: \w+)? (?:e-?mail|contact|send|message|solicit|write|reach out|mail|bother|spam)(?: to)? (?:me|us|(?:my|our) (?:office|company|e-?mail|address|family|wife|husband|firm|team|client)|this (?:address|e-?mail)|again|anything|any ?more|any(?: \w+)? e-?mails?)\b(?![^.!?\n]{0,12}\b(?:until|before|unless|till|about (?:the|this|that)|by|on my)\b)/i,
  /\b(?:do not|don['’]?t) contact\b\W{0,3}$/im,
  /(?<!\b(?:to|can(?:not|['’]t)?|how|you|i|not|may|please click|click(?: here)? to|could|link to)\s)\bunsubscribe (?:me|us|my|this|from|immediately|please|now|at once)\b/i,
  /\b(?:please|kindly|want to|wish to|like to|need to|asked to|trying to|i)\s+unsubscribe\b(?!\s+(?:my tenants?|our tenants?))/i,
  /\b(?:i|we)(?:['’]d| would)? (?:want|wish|like|choose|prefer|am opting|are opting)?(?: to)? ?opt(?:ing)?[ -]?(?:me |us )?out\b|\bopt (?:me|us) out\b|\bplease opt[ -]?out\b/i,
  /\b(?:no longer|not|never|don['’]?t|do not) (?:wish|want|care|like|need)(?: to)? (?:(?:be|get) (?:contacted|e-?mailed|solicited|on (?:your|this|the)(?: \w+){0,3} list)|(?:receive|get|hear|see)\b[^.!?\n]{0,25}(?:e-?mails?|mail|from you|solicitations?|messages?|these|this|communications?))/i,
  /\bno (?:more|further) (?:e-?mails?|mails?|contact|messages?|solicitations?|communications?|correspondence)\b/i,
  /\blose my (?:number|e-?mail|address|contact)/i,
  /\bcease and desist\b|\bthis is (?:spam|harassment)\b|\breport(?:ing|ed)? (?:you|this|it)? ?(?:as|for|to) (?:spam|the ftc)\b|\bcan-?spam\b/i,
  /\b(?:i|we) (?:did not|didn['’]?t|never) (?:sign up|subscribe|ask|agree|consent)(?: \w+){0,3} (?:for|to) (?:this|these|your|receive|be|get)\b/i,
  /\bapple mail sent this e-?mail to unsubscribe\b|\bthis is an unsubscribe request\b/i,
  /\b(?:darme de baja|no me (?:envíe|envie|mande|escrib|contact)\w* (?:más|mas)|quítenme|désinscri(?:re|vez)|désabonne|ne (?:plus )?m['’]envoyez (?:plus)?|bitte (?:abmelden|austragen|keine (?:weiteren )?(?:e-?)?mails)|aus (?:dem|ihrem) verteiler|cancellatemi|rimuovetemi|uitschrijven|remova-me|descadastr)/i,
];

const BARE_SUBJECT =
  /^\s*(?:re\s*:\s*)?(?:please )?(?:unsubscribe|opt[ -]?out|remove(?: me)?(?: from (?:your |the )?(?:mailing )?list)?|stop(?: e-?mailing(?: me)?)?|take me off(?: (?:your|the) list)?)(?: request)?(?: me)?(?: please)?\s*[.!]*\s*$/i;

/** "How do I unsubscribe from CoStar?" is about something else; "we won't unsubscribe" is not a wish. */
const NOT_FOR_US =
  /\b(?:don['’]?t|do not|no need to|not) (?:remove|take) (?:me|us)\b|\bfrom (?:the )?(?:costar|loopnet|crexi|newsletter of|linkedin)\b|\b(?:remove|take) (?:me|us) (?:off|from) (?:the )?(?:market|loan|deal|lease|deed|title)\b/i;

const MAX_CHARS = 1_200;

/**
 * A wish to get no more mail, read from the stripped text of a person's mail (never from quoted text: our own
 * footer says "unsubscribe") and its subject; null when there is none. CAN-SPAM, 15 U.S.C. 7704(a)(4).
 */
export function readOptOut(visibleText: string, subject: string): OptOut | null {
  const text = cutText(visibleText, MAX_CHARS).replace(/[ \t\u00a0]+/g, " ");
  const flat = text.replace(/\s*\n\s*/g, " ");
  for (const pattern of ASKS) {
    const match = pattern.exec(pattern.multiline ? text : flat);
    if (match && !NOT_FOR_US.test(around(flat, match[0]))) {
      const words = quoteForWhy(match[0], 100);
      return { words, why: `The mail says "${words}".` };
    }
  }
  if (!BARE_SUBJECT.test(subject.slice(0, 200)) || text.trim().length > 200) return null;
  const words = quoteForWhy(subject, 100);
  return { words, why: `The subject says "${words}" and the mail little else.` };
}

function around(text: string, words: string): string {
  const at = text.indexOf(words.trim());
  return at < 0 ? words : text.slice(Math.max(0, at - 25), at + words.length + 40);
}
