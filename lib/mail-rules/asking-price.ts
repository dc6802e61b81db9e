import { AMOUNT, AMOUNT_AFTER_DASH, type AmountWords, RANGE_JOINT, readAmount, toUsd } from "./money-words";

/** What the owner would sell for, whole dollars. `highUsd` null: "at least", "north of"; `lowUsd` null: "up to". */
export interface AskingPrice {
  lowUsd: number | null;
  highUsd: number | null;
  /** True when the mail wrote "4.2" or "mid 7s" and millions were understood. */
  millionsAssumed: boolean;
  words: string;
}

const ASKS =
  /\b(?:ask(?:ing|s)?|pric(?:e|ed|ing)|want(?:s|ed|ing)?|tak(?:e|es|ing)|sell(?:ing)?|let it go|part with|looking (?:for|at|to get)|need(?:s|ed)?|numbers?|at least|minimum|north of|above|over|upwards? of|no(?:t)? less than|not under|below|under|worth|consider|entertain|accept|guidance|listed|list|whisper|get(?:s|ting)?|between|range|ballpark|neighborhood|somewhere|starting|start|closer to|told|tell|say|said|what i|hear|listen|talk (?:about|at|around)|now it['’]?s|net(?:ting)?|sign|done|buys? it|right|we(?:['’]re| are) at|i(?:['’]m| am) at|hoping|would be|do it (?:at|for)|come in|bring|offers?(?= (?:above|over|north|starting|at or above|of at least|in the))|target(?:ing)?|expect(?:ing|s|ation)?|counter(?:ing)?|make it|strike)\b/gi;

const OTHER_MONEY =
  /\b(?:valu(?:ed|ation|es)|neighbou?rs?(?:['’]s)?|turn(?:ed|ing)? (?:it |them |one |that )?down|passed on|said no to|rejected|declined|walked away from|under contract|in escrow|next door|across the street|down the (?:street|road|block)|promised|brought|offering|your(?: \w+)?|you(?:['’]re| are| said| offered| think| want| mentioned)|(?:buyer|he|she|they|broker|partner|agent|bank|lender|somebody|someone|zillow|county|city|assessor) (?:thinks?|said|says|wants?|offered|told|valued|put)|never said|didn['’]t say|heard|put|poured|sunk|worth of|replacement|land value|cap ?ex|escrow|earnest|more than|less than (?:we|i) paid|paid|pay(?:ing|s)?|bought|purchased|acquired|cost(?:s|ing)? (?:me|us)|owe[sd]?|owing|debt|loans?|mortgage|balance|lien|rents?|rental|rent roll|income|revenue|gross(?:es)?|taxes|tax|budget|equity|down payment|deposit|assess(?:ed|ment)|apprais(?:ed|al)|insur(?:ed|ance)|capex|spent|spend|invested|put in|renovat\w+|repairs?|expenses?|sold|traded|closed|comps?|commission|fees?|profit|payments?|offered|(?:an?|the|your|their|had|have|turned down|rejected|declined|got|received) offers?|fund(?:ed|ing)?|raised|refinanc\w+|refi|portfolio|assets under|aum|salary|estimate[ds]?|zestimate|replacement)\b/gi;

const OTHER_AFTER =
  /^\W{0,3}(?:(?:\w+ ){0,2}(?:last (?:year|fall|spring|summer|winter|month|time)|(?:years?|months?) ago|back then|at the time|previously)\b|(?:in|of|on|for|left on)\s)?(?:the\s)?(?:debt|loan|mortgage|rents?|taxes|tax|income|revenue|(?:a|per|each|every)\s?(?:month|year|yr|mo|week|night)|\/\s?(?:mo|month|yr|year)|monthly|annually|yearly|down\b|equity|capex|repairs?|renovation|improvements|back in|in (?:19|20)\d\d|deposit|square|sq|sf\b|acres?|units?|doors|years?|months?|days?|people|tenants?|miles|feet|percent|fund|commission|value\b|valuation|basis)/i;

/** A price that is refused: "would not take 20M". "Not less than" is another thing. */
const REFUSED =
  /\b(?:wouldn['’]?t|would not|won['’]?t|will not|can['’]?t|cannot|couldn['’]?t|don['’]?t|do not|didn['’]?t|did not|never|not|isn['’]?t|aren['’]?t|no way|nobody|refuse[ds]?|insult\w*)\b(?![^,;:]*\b(?:less|lower|under|below|cheaper|cent)\b)(?![^,;:]*\b(?:but|then|until|till|unless)\b)[^,;:]*$/i;
const NOT_UNDER =
  /\b(?:wouldn['’]?t|would not|won['’]?t|will not|can['’]?t|cannot|don['’]?t|do not|never|not|nothing|no)\b[^,;:]*\b(?:less|lower|under|below|cheaper)(?: than)?\W*$/i;
/** What stands behind an amount that is measured against another: "a million more than he offered". */
const RELATIVE =
  /^\s?(?:\$?\s?)?(?:more|less|higher|lower|over|above|under|below|off|shy|short)\b(?! (?:net|firm|cash))/i;
const TOO =
  /^\W{0,3}(?:is|was|would be|seems|sounds|that['’]s)\s(?:\w+\s){0,2}(?:too|low|light|insult\w*|a joke|not|laughable|ridiculous|crazy|what (?:he|she|they|you|it was|the|my neighbor))\b/i;

const FLOOR =
  /(?:at least|minimum(?: of)?|north of|above|over|upwards? of|no(?:t)? less than|not under|starting (?:at|around)|nothing (?:less|under|below)(?: than)?|not (?:a penny )?less than|more than|excess of|below|(?:starts?|begins?) at|or better than)\W*$/i;
const CEILING = /(?:up to|no more than|at most|max(?:imum)?(?: of)?|under|less than)\W*$/i;

const RANGE = new RegExp(`${AMOUNT}${RANGE_JOINT}${AMOUNT_AFTER_DASH}`, "gi");
const SINGLE = new RegExp(AMOUNT, "gi");
const THIRDS =
  /\b(low|mid|middle|high|upper)(?:dle)?(?:[ -]to[ -](low|mid|high|upper))?[ -]\$?(\d{1,3})(?:['’]?s|\s?mm?|\s?million)?(?: (?:range|million))?\b/i;

/** Reads one sentence; null when its money is debt, rent, a past price, or when nothing says that it is a price. */
export function readAskingPrice(sentence: string, isWholeMail: boolean): AskingPrice | null {
  return (
    readRange(sentence, isWholeMail) ?? readSingle(sentence, isWholeMail) ?? readThird(sentence, isWholeMail)
  );
}

function readRange(sentence: string, isWholeMail: boolean): AskingPrice | null {
  for (const match of sentence.matchAll(RANGE)) {
    const first = readAmount(match[1], match[2], match[3]);
    const second = readAmount(match[4], match[5], match[6]);
    const context = readContext(sentence, match.index, match[0].length, isWholeMail, first, second);
    if (!context.isPrice) continue;
    const bare = isBareMillions(sentence, match.index, match[0], second, isWholeMail) && isBare(first);
    const assumed =
      !second.scale && !first.scale && ((context.hasCue && isMillions(first) && isMillions(second)) || bare);
    const scale = assumed ? 1e6 : second.scale;
    const [low, high] = [toUsd(first, scale), toUsd(second, assumed ? 1e6 : null)];
    if (low === null || high === null || low > high || high / low > 5) continue;
    return { lowUsd: low, highUsd: high, millionsAssumed: assumed, words: match[0].trim() };
  }
  return null;
}

function readSingle(sentence: string, isWholeMail: boolean): AskingPrice | null {
  for (const match of sentence.matchAll(SINGLE)) {
    const amount = readAmount(match[1], match[2], match[3]);
    const context = readContext(sentence, match.index, match[0].length, isWholeMail, amount);
    if (!context.isPrice) continue;
    const assumed =
      amount.scale === null &&
      ((context.hasCue && isMillions(amount)) ||
        isBareMillions(sentence, match.index, match[0], amount, isWholeMail));
    const usd = toUsd(amount, assumed ? 1e6 : null);
    if (usd === null || usd < 25_000) continue;
    const before = sentence.slice(Math.max(0, match.index - 40), match.index);
    const plus = /^\s?(?:\+|or (?:more|better|higher|above)|and up|plus\b|min(?:imum)?\b)/i.test(
      sentence.slice(match.index + match[0].length),
    );
    const clause = clauseBefore(sentence, match.index);
    const highUsd = plus || FLOOR.test(before) || NOT_UNDER.test(clause) ? null : usd;
    const lowUsd = highUsd !== null && CEILING.test(before) ? null : usd;
    return { lowUsd, highUsd, millionsAssumed: assumed, words: match[0].trim() };
  }
  return null;
}

/** "mid 7s": seven and the middle third of a million; "low 20s": the first third of ten. */
function readThird(sentence: string, isWholeMail: boolean): AskingPrice | null {
  const match = THIRDS.exec(sentence);
  if (!match) return null;
  const context = readContext(sentence, match.index, match[0].length, isWholeMail);
  const base = Number(match[3]);
  const says = context.isPrice || /^\W{0,3}(?:the\s)?(?:low|mid|high)/i.test(sentence.trim()) || isWholeMail;
  if (!says || context.isOther || base < 1) return null;
  const isDecade = base >= 10 && base % 10 === 0 && /\d['’]?s/.test(match[0]);
  const [low, high] = [match[1] ?? "mid", match[2] ?? match[1] ?? "mid"].map((word) => third(word));
  const usd = (part: number) => Math.round((base + part * (isDecade ? 10 : 1)) * 1e6);
  return {
    lowUsd: usd(low?.[0] ?? 0),
    highUsd: usd(isDecade && /^low/i.test(match[2] ?? match[1] ?? "") ? 0.2 : (high?.[1] ?? 0)),
    millionsAssumed: true,
    words: match[0].trim(),
  };
}

function third(word: string): [number, number] {
  if (/^low/i.test(word)) return [0, 0.3];
  return /^mid/i.test(word) ? [0.4, 0.6] : [0.7, 0.9];
}

/** A verb or noun that takes a price and nothing else, right before a bare number. */
const EXPLICIT =
  /\b(?:(?:we|i|he and i|both|owners?)(?:['’]d| would| will|['’]ll| do|['’]re)? (?:\w+ )?(?:want|need|take|say|ask|look at|consider|accept|do|entertain|listen(?: to| at)?|go(?: for)?|sell (?:at|for|it (?:at|for))|let it go (?:at|for)|part with it (?:at|for)|told \w+(?: \w+){0,3}|tell you|said|think(?:ing)?)|make it|asking(?: price)?(?: is| of)?|(?:my|our|the) (?:number|price|ask|figure)(?: is|['’]s| would be| has been)?|(?:we|i)(?:['’]re| are|['’]m| am) at|(?:and|but) (?:want|need)|now it['’]?s|bring (?:me|us)|get (?:me|us)(?: to)?|call it|price is|it would (?:take|be)|takes?|north of|upwards of|nothing (?:under|below|less than)|not (?:under|below|less than)|at least|starts? at|around|about|between|somewhere (?:around|near|between)|sign at|done at|closer to|more like)\s(?:is |about |around |roughly |maybe |at |for |like |to get |somewhere around )?\$?$/i;
const MINE_AFTER =
  /^\s?(?:net\b|firm\b|even\b|all[- ]in\b|cash\b|is (?:my|our|the|what)|is where|would (?:do|get|work|be|buy)|gets? (?:it|me|us|you|my)|and (?:it['’]?s|not|i['’]ll|we['’]ll|you)|takes? it|buys it|or (?:better|best|more|nothing|don))/i;
const ENDS_AFTER =
  /^\s?(?:[.,;!–—-]|$|or don['’]?t|and (?:i|we|not|it|you)\b|but\b|because\b|net\b|firm\b|for (?:it|the)\b|cash\b)/i;

/** "We want 24", "12 net to me", "14 to 14.5": whole numbers a writer can only mean in millions. */
function isBareMillions(
  sentence: string,
  index: number,
  written: string,
  amount: AmountWords,
  isWholeMail: boolean,
): boolean {
  if (!isBare(amount)) return false;
  const after = sentence.slice(index + written.length);
  const before = sentence.slice(0, index);
  if (MINE_AFTER.test(after) && /^\W*(?:\w+\W+){0,3}$/.test(clauseBefore(sentence, index))) return true;
  if (EXPLICIT.test(before) && ENDS_AFTER.test(after)) return true;
  return (
    isWholeMail &&
    /^\W*(?:(?:about|around|maybe|say|call it|somewhere|roughly|try|at|for|make it|like)\s){0,2}\$?$/i.test(
      before,
    ) &&
    /^\W*(?:or so|ish|firm|net|cash|obo)?\W*$/i.test(after)
  );
}

const isBare = (amount: AmountWords) =>
  amount.scale === null && !amount.hasThousandsComma && amount.number >= 1 && amount.number < 200;

/** What stands between the last comma and an amount: negations and owners of a price reach no further. */
function clauseBefore(sentence: string, index: number): string {
  return (
    sentence
      .slice(0, index)
      .split(/[,;:–—]\s|\bbut\b|\bso\b|\bthough\b/i)
      .at(-1) ?? ""
  );
}

/** "4.2" or "12" after "asking": nobody sells a building for twelve dollars. */
function isMillions(amount: AmountWords): boolean {
  return (
    amount.scale === null &&
    !amount.hasThousandsComma &&
    amount.number >= 0.5 &&
    amount.number < 200 &&
    (amount.hasDollarSign || !Number.isInteger(amount.number))
  );
}

interface Context {
  isPrice: boolean;
  hasCue: boolean;
  /** True for money of another kind or of somebody else. */
  isOther: boolean;
}

const OTHER: Context = { isPrice: false, hasCue: false, isOther: true };

/** The nearest cue before the amount decides; without one only a short sentence that is all price counts. */
function readContext(
  sentence: string,
  index: number,
  length: number,
  isWholeMail: boolean,
  ...amounts: AmountWords[]
): Context {
  const after = sentence.slice(index + length, index + length + 40);
  if (OTHER_AFTER.test(after) || RELATIVE.test(after) || TOO.test(after)) return OTHER;
  const clause = clauseBefore(sentence, index);
  if (REFUSED.test(clause) || /\?\s*$/.test(sentence)) return OTHER;
  const cues = clause.slice(-70);
  const asks = Math.max(lastIndex(cues, ASKS), OWN_WISH.test(sentence.slice(0, index)) ? 0 : -1);
  const other = lastIndex(cues, OTHER_MONEY);
  if (other > asks || SOMEBODYS.test(clause)) return OTHER;
  const afterCue =
    /^\W{0,4}(?:firm|obo|or best|net to (?:me|us)|would (?:do|get|work|be)|gets? (?:it|me|us)|is (?:my|our|the|what|where|right|fair|it\b)|and (?:it['’]s|its|i)|cash\b|all cash|asking|ask\b|range)/i.test(
      after,
    );
  if (asks >= 0 || afterCue) return { isPrice: true, hasCue: true, isOther: false };
  const looksLikeMoney = amounts.some(
    (one) =>
      (one.hasDollarSign && (one.scale !== null || one.number >= 25_000)) ||
      (one.scale ?? 0) >= 1e6 ||
      (one.hasThousandsComma && one.number >= 250_000),
  );
  const short = sentence.trim().split(/\s+/).length <= (isWholeMail ? 9 : 4);
  const bare = amounts.some((one) =>
    isBareMillions(sentence, index, sentence.slice(index, index + length), one, isWholeMail),
  );
  return { isPrice: (looksLikeMoney && short) || bare, hasCue: false, isOther: false };
}

/** "I'd want at least that, so 11.5M": the wish stands in the clause before. */
const OWN_WISH =
  /\b(?:i|we)(?:['’]d| would|['’]ll| will)? (?:want|need|take|sell|ask)\b[^.!?]{0,40},?\s(?:so|say|meaning|i\.e\.|which is|make it|call it)\s\W{0,2}$/i;

/** Whose price it is stands at the front of its clause: "your buyer thinks …", "the neighbor got …". */
const SOMEBODYS =
  /^\W*(?:if |when |because |and |that |since )?(?:replacement|rebuild\w*|(?:the |our |my )?land(?: value| alone| by itself)|(?:the |our |my )?(?:debt|loan|mortgage|roof|tax(?:es)?|rents?|insurance|income|noi|assessment|appraisal|basis|equity|tenants? pays?)|your?|the (?:last|other) (?:broker|guy|buyer|group|agent|one)|last (?:broker|guy|buyer|group|agent)|(?:a|another|one|some) (?:group|broker|buyer|guy|fund|developer|company|reit|appraiser|friend)|(?:my|our|the|a) (?:neighbou?r|appraiser|lender|bank|broker|partner|brother|sister|accountant|attorney|lawyer|wife|husband|son|daughter|dad|father|mother)|neighbou?rs?|(?:the )?(?:building|property|place|store|center|lot|one) (?:next door|across|down|behind)|he|she|they|zillow|loopnet|costar|cbre|jll|colliers|the (?:county|city|assessor|tax|bank|appraisal))\b(?!.*\b(?:and so do i|i want|we want|i['’]d|we['’]d|i would|we would)\b)/i;

function lastIndex(text: string, pattern: RegExp): number {
  let last = -1;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}
