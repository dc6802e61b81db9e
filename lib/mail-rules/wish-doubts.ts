import { quoteForWhy } from "@/lib/files/text-limits";

/**
 * What beside a wish for no more mail makes it something a person has to read: a wish is for ever only when the whole message is
 * that wish. Looked for in the sentences that are not plainly part of it.
 */
const DOUBTS: readonly (readonly [string, RegExp])[] = [
  [
    "another way to be reached",
    /[\w.+-]+@[\w-]+\.\w|\b(?:call|phone|telephone|text|fax|ring|cell|mobile|voicemail|whatsapp|linkedin|in person|by mail|post(?:al)? mail|regular mail|a letter|letters|paper|stop by|drop by|come by|visit|reach me|instead|other (?:address|e-?mail|number|account|inbox)|new (?:address|e-?mail|number|account)|personal (?:address|e-?mail|account)|work (?:address|e-?mail|account)|different (?:address|e-?mail|number|account)|address it to|directly|privately|at (?:work|home)|use (?:my|mine|the|our|home|this|that)|mine|(?<!you )keep \w+ing|(?<!(?:not|n['’]t|never|stop|quit|to|or|and) )(?:write|e-?mail) (?:me|us)|group e-?mail)\b|@/i,
  ],
  ["a number", /\d/],
  [
    "money",
    /[$€£]|\b(?:million|mil|mm|thousand|price|number|offers?|cap rate|terms|cash|proposal|bid|loi|valuation|money|pay|check)\b/i,
  ],
  [
    "interest",
    /\b(?:interested(?! in (?:your|these|this|any|selling|a sale))|(?:would|will|might|may|could|can|happy to|glad to|open to|ready to|willing to|going to|we['’]d|i['’]d|we['’]ll|i['’]ll) (?:\w+ ){0,2}(?:sell|talk|consider|listen|look|discuss|meet|deal|entertain|list|answer|read|review|think)|let['’]?s|talk(?:ing)?|meet(?:ing)?|discuss|send me|show me|tell me|(?:and|then) sell|keep (?:me|us|my|our)|who is|buyer|listing|broker[s']?|agents?|principals?|landlord|tenants?|escrow|closing|deal)\b/i,
  ],
  [
    "a condition",
    /\bbut (?!please|kindly|pls|remove|take|stop|no\b|not\b|we(?:['’]re| are) not|i(?:['’]m| am) not)|\b(?:if|unless|until|till|til|before|after|without|except|excluding|other than|apart from|besides|as long as|only|just|when|once|while|for now|right now|at this time|at the moment|currently|this (?:year|month|quarter|week|time)|next|later|yet|again in|about|regarding|concerning|on (?:this|that|the) (?:property|building|one|deal)|weekends?|weekly|daily|every|so often|as often|so many|too many|form|generic|automated|template|mass|twice|duplicates?|maybe|perhaps)\b/i,
  ],
  [
    "one property of several",
    /\b(?:property|properties|building|parcel|lot|portfolio|store|warehouse|shop|mall|center|plaza|street|avenue|lease|loan|estate|probate|trust)\b/i,
  ],
  [
    "somebody else",
    /\b(?:partners?|wife|husband|spouse|mother|father|mom|dad|son|daughter|brother|sister|assistant|secretary|colleagues?|co-?owner|he|she|him|her|his|hers|they|them|their|mr|mrs|ms|both|either|one of us|cc|attorney['’]s client|client|employee|accountant|bookkeeper|receptionist|manager|staff|everyone else|somebody else|someone else)\b/i,
  ],
  ["a question", /\?/],
];

/** A sentence that is the wish, or what goes with one: thanks, a refusal to sell, anger, how often it was asked before. */
const GOES_WITH =
  /^(?:(?:dear|hi|hello|hey)\b[^.!?]{0,40}|(?:no,? )?(?:thanks?|thank you)\b[^.!?]{0,25}|(?:best|kind|warm)? ?regards|sincerely|cheers|(?:we|i|it|that|this|the (?:property|building)|our (?:property|building)|my (?:property|building))?(?:['’]m|['’]re|['’]s| am| are| is)?(?: \w+){0,2} ?(?:not|never|no) (?:\w+ ){0,3}(?:interest(?:ed)?|for sale|sell(?:ing)?|sale|sellers?)\b[^.!?\d]{0,60}|(?:we|i) (?:do not|don['’]t|will not|won['’]t|have no) (?:\w+ ){0,4}(?:sell|selling|interest|desire|plans|intention)\b[^.!?\d]{0,50}|no|nope|never|not (?:interested|selling|for sale)[^.!?\d]{0,30}|(?:this|that|it) is (?:the|my|our|now the|already the)? ?(?:\w+ ){0,2}(?:time|one|request|e-?mail|notice|warning|message|reminder|note|letter)\b[^.!?]{0,60}|(?:last|final|second|third|fourth|fifth|one more) (?:time|request|warning|notice|e-?mail)\b[^.!?]{0,30}|how many (?:more )?times\b[^.!?]{0,60}|what part of\b[^.!?]{0,60}|(?:for the |now for the )?(?:umpteenth|hundredth|nth|\w+th|\w+nd|\w+rd) time|(?:you|i|we|you people)(?: have|['’]ve|['’]re| were| are)? (?:already |now )?(?:been )?(?:told|asked|warned|informed|notified)\b[^.!?$]{0,60}|(?:i|we)(?:['’]ve| have| had)? (?:already |now )?(?:asked|told|said|requested|tried|written|warned|repeated)\b[^.!?$]{0,80}|(?:this|it|that) is (?:pure |plain |just |nothing but )?(?:spam|harassment|harassing|unsolicited|annoying|unwanted|junk|ridiculous|enough|illegal)\b[^.!?]{0,40}|(?:i|we)(?:['’]m| am| are|['’]ll| will|['’]re)? (?:be )?(?:report|block|forward|flag|mark|filter)(?:ing)?\b[^.!?]{0,80}|(?:or|otherwise|else|next time|and) (?:i|we)(?:['’]ll| will)\b[^.!?]{0,60}|(?:i|we) (?:did not|didn['’]t|never) (?:sign|ask|subscribe|request|consent|agree|give)\b[^.!?]{0,60}|(?:any|all) (?:further|future|more|additional|other|subsequent)\b[^.!?]{0,100}|(?:effective )?(?:immediately|now|at once|please|thank you|asap|today|period|end of story|enough|seriously|done|goodbye|good ?bye|good day|final)|per (?:our|my) (?:counsel|attorney|lawyer|policy|company policy)|consider this\b[^.!?]{0,60}|(?:my|our) (?:attorney|lawyer|counsel)\b[^.!?]{0,60}|sorry|apologies|no offen[cs]e|nothing personal|good luck[^.!?]{0,30}|no vendo|nicht interessiert|kein interesse|pas intéress\w+|não (?:tenho interesse|vendo)|geen interesse|non (?:sono interessat\w|vendo|mi interessa))\W*$/i;

/** Threats and how-oftens name a condition or a number that changes nothing. */
const HARMLESS =
  /\bif (?:i|we) (?:get|receive|hear|see|find)\b[^.!?]{0,30}|\b(?:one|two|three|four|five|six|\d{1,2}|several|many|multiple|numerous|countless|a dozen|dozens of) (?:times|e-?mails?|messages|of these|more|already)\b|\b(?:until|when|before) (?:i|we) (?:call|contact|get|file|report|hire)\b[^.!?]{0,40}|\b(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth) (?:one|time|e-?mail|request|notice|message|mail)\b[^.!?]{0,30}|\bhow many times\b[^.!?]{0,60}\??|\bwhat part of\b[^.!?]{0,60}\??|\bevery (?:day|week|month|few days)\b|\b(?:this|last|past|each) (?:week|month|year)\b|\bno,? (?:thanks?|thank you),? but\b|\b(?:please|just) (?=stop|remove|take|unsub|leave|delete|quit|cease)|\bright now\b|\bany ?more\b/gi;

/** Words that belong to the wish itself, not to something beside it. */
const OF_THE_WISH =
  /\b(?:e-?mail(?:ing)?s?|my (?:e-?mail|mailing) ?address|your (?:buyer|broker|agent|property|e-?mail|mailing|contact|call|database|deal)\w*(?: (?:list|mailings?|e-?mails?|database))?|form letters?|contact(?:ing)? (?:me|us) (?:again|any ?more|directly)|(?:do not|don['’]?t|stop|no(?: more)?|or|and|,)(?: \w+)? (?:calls?|calling|phone|text|texting|texts)\b(?: (?:me|us|or|and|again|either)\b)*|(?:about|regarding|concerning) (?:anything|selling|a sale|sales)|(?:his|her|their|its) (?:members?|employees|staff)|and its members|all your|(?:mailing|distribution|contact|calling|call|marketing) lists?)\b/gi;

/**
 * The first thing in the writer's words that goes beyond a wish to get no more mail, as an end of "the mail also has …"; null when
 * there is nothing else.
 */
export function findDoubt(words: string): string | null {
  const sentences = words
    .replace(/[’‘]/g, "'")
    .split(/(?<=[.!?])\s+|\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  for (const sentence of sentences) {
    if (GOES_WITH.test(sentence.replace(/[.!?,;\s]+$/, ""))) continue;
    const rest = sentence.replace(HARMLESS, " ").replace(OF_THE_WISH, " ");
    const doubt = DOUBTS.find(([, pattern]) => pattern.test(rest));
    if (doubt) return `it also has ${doubt[0]} ("${quoteForWhy(sentence, 60)}")`;
  }
  return null;
}

/** A refusal that has one of these beside it is no mere refusal: somebody has to answer it. */
const ANSWER =
  /\?|\b(?:call me|give (?:me|us) a (?:call|ring)|let['’]?s (?:talk|meet|discuss|chat)|make (?:me|us|an?) (?:an? )?offer|send (?:me|us|it|over|the|your)|(?:we|i)(?:['’]d| would| could| can| will|['’]ll)(?! not| never) (?:\w+ )?(?:sell|look|listen|talk|consider|entertain|review|meet|discuss|do it)|(?:we|i)(?:['’]m| am|['’]re| are) (?:very |quite |definitely )?(?:interested|open|listening)|happy to (?:talk|chat|discuss|meet)|open to|bring (?:me|us)|get in touch with|talk to|speak (?:to|with)|tell (?:me|us|your))\b/i;
const NOT_BEFORE = /\b(?:not|never|n['’]t|no|nor)\b[^.!?,;]{0,30}$/i;

/** Whether the writer's words ask for something, or offer it, that a person has to answer. */
export function asksForAnswer(words: string): boolean {
  for (const match of words.matchAll(new RegExp(ANSWER.source, "gi")))
    if (!NOT_BEFORE.test(words.slice(Math.max(0, match.index - 40), match.index))) return true;
  return false;
}
