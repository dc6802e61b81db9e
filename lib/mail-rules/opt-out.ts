import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { findDoubt } from "./wish-doubts";

export interface OptOut {
  /** The words that ask for it, as written. */
  words: string;
  /** Why a person has to say what the wish means, in one sentence; null when the whole mail is nothing but the wish. */
  ask: string | null;
  why: string;
}

const OBJECT =
  "(?:me|us|my|our|ours|both of us|all of us|this (?:e-?mail|address|account|inbox|office|company|number)|these (?:e-?mails|addresses)|the (?:below|above) (?:e-?mail|address))";
const LIST =
  "(?:lists?|databases?|mailings?|e-?mails?|distribution|systems?|contacts?|outreach|records?|campaigns?|crm|rolodex|solicitations?|correspondence|communications?|files?|books|things?|sheets?|spam|newsletters?)";
const WRITE =
  "(?:e-?mail(?:ing)?s?|mail(?:ing)?|send(?:ing)?|contact(?:ing)?|spam(?:ming)?|messag(?:e|ing)|solicit(?:ing)?|bother(?:ing)?|harass(?:ing)?|writ(?:e|ing)|pester(?:ing)?|reach(?:ing)? out|hound(?:ing)?|bug(?:ging)?|annoy(?:ing)?|approach(?:ing)?|calling or (?:e-?mailing|writing)|e-?mailing or calling)";
const TALK =
  "(?:contacts?|communications?|correspondence|e-?mails?|mail|mails|messages?|solicitations?|outreach|mailings?|attempts|letters|spam|junk)";
/** "unsubscribe" with the letters people lose. */
const UNSUB =
  "(?:un[- ]?su?b?s?c?r?i?b(?:e|ed|ing)?|un[- ]?sub(?:scr?ib\\w{0,3}|cribe\\w?)?|unsubscr\\w{0,5})";
const POLITE = "(?:please |pls |plz |kindly |hi,? |hello,? |no,? |thanks?(?: you)?[,. ]+|just )*";
const CLOSE = "(?:[,.!]? ?(?:please|pls|plz|thanks?(?: you)?|asap|now|immediately|already|at once|today))*";

const ASKS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:^|[.!?,;]\s+)\W{0,6}${POLITE}(?:${UNSUB}(?: (?:me|us))?|remove(?: (?:me|us))?|stop(?: it| this| now| e-?mails?)?|opt[ -]?(?:me |us )?out|take (?:me|us) off|no more(?: e-?mails?)?|delete(?: me| us)?|quit(?: it)?|cancel)${CLOSE}\W{0,6}$`,
    "im",
  ),
  new RegExp(
    String.raw`\b(?:remove|take|get|delete|drop|scrub|strike|scratch|exclude|pull|erase|purge|omit|unlist|cross) (?:${OBJECT})\b(?: [\w@.'’-]+){0,5}? (?:from|off|out of)\b(?: \w+){0,6} ${LIST}\b`,
    "i",
  ),
  /\b(?:remove|delete|erase) (?:me|us|(?:my|our) (?:name|e-?mail|address|info(?:rmation)?|contact|details|data|company|office)(?: (?:address|info(?:rmation)?|details))?)\b(?!\s+(?:and|as|the|any)\b)(?=[\s.,!]|$)/i,
  /\b(?:take|get) (?:me|us|(?:my|our) (?:name|e-?mail|address|company|office)s?) off\b/i,
  new RegExp(
    String.raw`\b(?:stop|quit|cease|discontinue|refrain from|desist from|halt)\b(?: \w+){0,2} ${WRITE}\b(?: (?:to )?(?:me|us|my|our|these|this|any|anything|unsolicited|e-?mails?|them|at|both)\b|[\s.,!]*$|[.,!])`,
    "im",
  ),
  new RegExp(
    String.raw`\b(?:stop|cease|discontinue|end|halt|no)\b(?: (?:with|all|any|the|these|your|this|further|future|more|other|additional|unsolicited|such|and)){1,5} ${TALK}\b`,
    "i",
  ),
  /\b(?:do not|don['’]?t|dont|never|pls don['’]?t|not)(?: (?:ever|please|again|even|you|dare))? (?:e-?mail|contact|send|message|solicit|write|reach out|mail|bother|spam|approach|pester)(?: to)? (?:me|us|(?:my|our) (?:office|company|e-?mail|address|family|wife|husband|firm|team|client)|this (?:address|e-?mail|office|company)|again|anything|any ?more|any(?: \w+)? e-?mails?)\b(?![^.!?\n]{0,12}\b(?:until|before|unless|till|about (?:the|this|that)|by|on my)\b)/i,
  /\b(?:do not|don['’]?t|dont) (?:contact|e-?mail|solicit|write|mail|send)\b\W{0,3}$/im,
  new RegExp(
    String.raw`(?<!\b(?:to|can(?:not|['’]t)?|how|you|i|not|may|please click|click(?: here)? to|could|link to)\s)\b${UNSUB} (?:me|us|my|this|from|immediately|please|now|at once)\b`,
    "i",
  ),
  new RegExp(
    String.raw`\b(?:please|pls|plz|kindly|want to|wish to|like to|need to|asked to|trying to|tried to|have tried to|attempted to|i|been)\s+(?:be )?${UNSUB}\b(?!\s+(?:my tenants?|our tenants?))`,
    "i",
  ),
  /\b(?:i|we)(?:['’]d| would)? (?:want|wish|like|choose|prefer|am opting|are opting)?(?: to)? ?opt(?:ing)?[ -]?(?:me |us )?out\b|\bopt (?:me|us) out\b|\bplease opt[ -]?out\b/i,
  /\b(?:no longer|not|never|don['’]?t|do not|without) (?:wish|want|care|like|need|wishes|wants)(?: to)? (?:(?:be|get) (?:contacted|e-?mailed|solicited|bothered|approached|written to|on (?:your|this|the)(?: \w+){0,3} list)|(?:receive|get|hear|see)\b[^.!?\n]{0,25}(?:e-?mails?|mail|from you|solicitations?|messages?|these|this|communications?)|(?:your|any|any more|further|more|these) (?:e-?mails?|mail|mailings?|messages|solicitations?|correspondence))/i,
  /\b(?:does not|doesn['’]t) (?:wish|want) to (?:be contacted|hear|receive)\b/i,
  /\b(?:no|not) (?:more|further|another|one more|a single) (?:e-?mails?|mails?|mailings?|contact|messages?|solicitations?|communications?|correspondence|word from you)\b/i,
  /\blose (?:my|our) (?:number|e-?mail|address|contact)|\bforget (?:my|our) (?:e-?mail )?(?:address|e-?mail|name)\b/i,
  /\bleave (?:me|us) (?:alone|be|in peace|out of (?:it|this|your))\b|^\W{0,3}(?:go away|get lost|buzz off|piss off|f\S{1,3} off|enough already)\W*$/im,
  /\bcease and desist\b|\bthis is (?:spam|harassment|harassing)\b|\breport(?:ing|ed)? (?:you|this|it)? ?(?:as|for|to) (?:spam|the ftc)\b|\bcan-?spam\b/i,
  /\b(?:any|all) (?:further|future|more|additional|other|subsequent)\b[^.!?\n]{0,40}\b(?:will|shall|goes|go|is|are|would|gets?)\b[^.!?\n]{0,30}\b(?:attorney|lawyer|counsel|spam|harass\w*|report\w*|blocked|ignored|deleted|legal|police|unwelcome|unwanted)\b/i,
  /\b(?:i|we) (?:did not|didn['’]?t|never) (?:sign up|subscribe|ask|agree|consent)(?: \w+){0,3} (?:for|to) (?:this|these|your|receive|be|get)\b/i,
  /\b(?:make|let) this (?:be )?(?:your|the) last\b|\bthis (?:should|must|has to|had better) be (?:your|the) last (?:e-?mail|message|mail|one|time)\b/i,
  /\bapple mail sent this e-?mail to unsubscribe\b|\bthis is an unsubscribe request\b/i,
  /\b(?:darme de baja|quítenme|quiteme|b[óo]rrenme|no (?:me|nos) (?:envíe|envie|mande|escrib|contact|molest|vuelv)\w*|d[ée]jenme en paz|no quiero (?:recibir )?m[áa]s (?:correos|mensajes|e-?mails)|désinscri\w+|désabonne\w*|ne (?:plus )?(?:me|nous|m['’]) ?(?:plus )?(?:contact|écri|envoy|sollicit|dérang)\w*|ne m['’](?:envoyez|écrivez) plus|(?:retirez|supprimez)[- ]moi|bitte (?:abmelden|austragen|keine (?:weiteren )?(?:e-?)?mails)|aus (?:dem|ihrem|ihrer|eurem) (?:e-?mail-?)?(?:verteiler|liste)|keine (?:weiteren )?(?:e-?)?mails mehr|(?:kontaktieren|schreiben) sie (?:mich|mir|uns) (?:bitte )?nicht (?:mehr|wieder)|(?:keinen|jeden) weiteren kontakt|lassen sie (?:mich|uns) in ruhe|cancellatemi|rimuovetemi|non (?:mi |ci )?(?:scriv|contatt|invi|mand)\w*(?:mi|ci)? più|uitschrijven|(?:mail|schrijf|benader|contacteer) (?:mij|me|ons) (?:alstublieft |a\.?u\.?b\.? )?niet (?:meer|langer)|(?:haal|verwijder|schrap) (?:mij|me|ons) (?:uit|van)|stop met (?:mailen|schrijven)|remova-me|descadastr\w*|(?:pare|parem) de (?:me )?(?:enviar|escrever|contact)\w*|n[ãa]o (?:me |nos )?(?:envi|contact|escrev|mand)\w* mais|sluta (?:mejla|maila|kontakta|skicka)\w*|ta bort (?:mig|oss)|avregistrera)/i,
  /\b(?:want|wish|like|ask(?:ed|ing)?|request(?:ed|ing)?|demand|need|prefer|please|have (?:me|us|my \w+|our \w+)|i|we)\b[^.!?]{0,30}\b(?:to be|be|get|being) (?:removed|taken off|deleted|unlisted|dropped|excluded|left alone)\b(?! (?:and|as|to|until|by)\b)/i,
  /\b(?:me|nous|mon|notre) (?:retirer|supprimer|enlever|désinscrire|désabonner|radier)\b|\b(?:retir|supprim|enlev)(?:ez|er)[ -](?:moi|nous|mon (?:adresse|nom)|mes coordonnées|notre adresse)\b|\b(?:toglie|cancella|rimuove|elimina|leva)(?:te|re|r)?(?:mi|ci|vi)?\b[^.!?]{0,40}\b(?:(?:mi[oa]|nostr[oa]) (?:indirizzo|nome|e-?mail)|lista|elenco|mailing)\b|\b(?:elim[ií]n|borr|qu[ií]t|s[aá]qu|sac|ret[ií]r)\w{1,4}(?:me|nos)?\b[^.!?]{0,40}\b(?:(?:mi|nuestr[oa]) (?:correo|direcci[óo]n|nombre|e-?mail)|su lista|la lista|lista de)|\b(?:nehmen|streichen|löschen|entfernen|tragen) sie (?:bitte )?(?:mich|uns|meine|unsere)\b|\b(?:remov|retir|exclu|apag)\w{1,4}\b[^.!?]{0,30}\b(?:meu|nosso|da (?:sua|vossa) lista|me da)\b/i,
  /配信停止|配信を停止|(?:メール|連絡)(?:を|は)(?:送ら|し)ないで|退订|取消订阅/,
];

/** "Take Hollis and me off your list": a wish, about more people than its writer. */
const ABOUT_OTHERS = new RegExp(
  String.raw`\b(?:remove|take|get|delete|drop|strike|cross) (?!me\b|us\b|it\b|this\b|that\b)[^.!?\d]{2,60}? (?:from|off|out of) (?:your|the|this|all)\b(?: \w+){0,3} ${LIST}\b`,
  "i",
);

const BARE_SUBJECT = new RegExp(
  String.raw`^\s*(?:re\s*:\s*)?(?:please )?(?:${UNSUB}|opt[ -]?out|remove(?: me)?(?: from (?:your |the )?(?:mailing )?list)?|stop(?: e-?mailing(?: me)?)?|take me off(?: (?:your|the) list)?)(?: request)?(?: me)?(?: please)?\s*[.!]*\s*$`,
  "i",
);

/** "How do I unsubscribe from CoStar?" is about something else; "we won't unsubscribe" is not a wish. */
const NOT_FOR_US =
  /\b(?:don['’]?t|do not|no need to|not) (?:remove|take) (?:me|us)\b|\bfrom (?:the )?(?:costar|loopnet|crexi|newsletter of|linkedin)\b|\b(?:remove|take) (?:me|us) (?:off|from) (?:the )?(?:market|loan|deal|lease|deed|title|guarant\w+|note|mortgage)\b|\bopt(?:ing)? out of (?!(?:your|these|this|the|all|any|future|further|receiving) ?(?:\w+ ){0,3}(?:lists?|mail\w*|e-?mails?|communications?|messages?|campaigns?|newsletters?|solicitations?|correspondence|contact))\w+\b/i;

const MAX_CHARS = 1_200;

/**
 * A wish to get no more mail, read from the words of the writer alone (never from quoted text: our own footer says
 * "unsubscribe") and the subject; null when there is none. CAN-SPAM, 15 U.S.C. 7704(a)(4). `ask` says whether a person must look.
 */
export function readOptOut(visibleText: string, subject: string): OptOut | null {
  const text = cutText(visibleText, MAX_CHARS).replace(/[ \t\u00a0]+/g, " ");
  const flat = text.replace(/\s*\n\s*/g, " ");
  for (const pattern of ASKS) {
    const match = pattern.exec(pattern.multiline ? text : flat);
    if (match && !NOT_FOR_US.test(around(flat, match[0]))) {
      const words = quoteForWhy(match[0].replace(/^[\s.!?,;]+/, ""), 100);
      const cut = visibleText.length > MAX_CHARS ? "the mail says much else" : null;
      return { words, ask: findDoubt(text) ?? cut, why: `The mail says "${words}".` };
    }
  }
  const others = ABOUT_OTHERS.exec(flat);
  if (others && !NOT_FOR_US.test(around(flat, others[0]))) {
    const words = quoteForWhy(others[0], 100);
    return { words, ask: "it names somebody besides its writer", why: `The mail says "${words}".` };
  }
  if (!BARE_SUBJECT.test(subject.slice(0, 200)) || text.trim().length > 200) return null;
  const words = quoteForWhy(subject, 100);
  return {
    words,
    ask: text.trim() === "" ? null : findDoubt(text),
    why: `The subject says "${words}" and the mail little else.`,
  };
}

function around(text: string, words: string): string {
  const at = text.indexOf(words.trim());
  return at < 0 ? words : text.slice(Math.max(0, at - 25), at + words.length + 40);
}
