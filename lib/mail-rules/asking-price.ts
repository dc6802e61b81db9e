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
  /\b(?:ask(?:ing|s)?|pric(?:e|ed|ing)|want(?:s|ed|ing)?|tak(?:e|es|ing)|sell(?:ing)?|let it go|part with|looking (?:for|at|to get)|need(?:s|ed)?|numbers?|at least|minimum|north of|above|over|upwards? of|no(?:t)? less than|not under|below|under|worth|valued?|consider|entertain|accept|guidance|listed|list|whisper|get(?:s|ting)?|between|range|ballpark|neighborhood|somewhere|starting|start|closer to|we(?:['’]re| are) at|i(?:['’]m| am) at|hoping|would be|do it (?:at|for)|come in|bring|offers?(?= (?:above|over|north|starting|at or above|of at least|in the))|target(?:ing)?|expect(?:ing|s|ation)?|counter(?:ing)?|make it|strike)\b/gi;

const OTHER_MONEY =
  /\b(?:paid|pay(?:ing|s)?|bought|purchased|acquired|cost(?:s|ing)? (?:me|us)|owe[sd]?|owing|debt|loans?|mortgage|balance|lien|rents?|rental|rent roll|income|revenue|gross(?:es)?|taxes|tax|budget|equity|down payment|deposit|assess(?:ed|ment)|apprais(?:ed|al)|insur(?:ed|ance)|capex|spent|spend|invested|put in|renovat\w+|repairs?|expenses?|sold|traded|closed|comps?|commission|fees?|profit|payments?|offered|(?:an?|the|your|their|had|have|turned down|rejected|declined|got|received) offers?|fund(?:ed|ing)?|raised|refinanc\w+|refi|portfolio|assets under|aum|salary|estimate[ds]?|zestimate|replacement)\b/gi;

const OTHER_AFTER =
  /^\W{0,3}(?:(?:in|of|on|for|left on)\s)?(?:the\s)?(?:debt|loan|mortgage|rents?|taxes|tax|income|revenue|(?:a|per|each|every)\s?(?:month|year|yr|mo|week|night)|\/\s?(?:mo|month|yr|year)|monthly|annually|yearly|down\b|equity|capex|repairs?|renovation|improvements|back in|in (?:19|20)\d\d|deposit|square|sq|sf\b|acres?|units?|doors|years?|months?|days?|people|tenants?|miles|feet|percent|fund|commission)/i;

const FLOOR =
  /(?:at least|minimum(?: of)?|north of|above|over|upwards? of|no(?:t)? less than|not under|starting (?:at|around)|nothing (?:less|under|below)(?: than)?|not (?:a penny )?less than|more than|excess of|below)\W*$/i;
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
    const assumed =
      context.hasCue && !second.scale && !first.scale && isMillions(first) && isMillions(second);
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
    const assumed = amount.scale === null && context.hasCue && isMillions(amount);
    const usd = toUsd(amount, assumed ? 1e6 : null);
    if (usd === null || usd < 25_000) continue;
    const before = sentence.slice(Math.max(0, match.index - 40), match.index);
    const plus = /^\s?(?:\+|or (?:more|better|higher|above)|and up|plus\b|min(?:imum)?\b)/i.test(
      sentence.slice(match.index + match[0].length),
    );
    const highUsd = plus || FLOOR.test(before) ? null : usd;
    const lowUsd = highUsd !== null && CEILING.test(before) ? null : usd;
    return { lowUsd, highUsd, millionsAssumed: assumed, words: match[0].trim() };
  }
  return null;
}

/** "mid 7s": seven and the middle third of a million. */
function readThird(sentence: string, isWholeMail: boolean): AskingPrice | null {
  const match = THIRDS.exec(sentence);
  if (!match) return null;
  const context = readContext(sentence, match.index, match[0].length, isWholeMail);
  const base = Number(match[3]);
  if (!context.isPrice || base < 1 || /^\d{2}s$/.test(match[0]) || /\d0s/.test(match[0])) return null;
  const [low, high] = [match[1] ?? "mid", match[2] ?? match[1] ?? "mid"].map((word) => third(word));
  const usd = (part: number) => Math.round((base + part) * 1e6);
  return {
    lowUsd: usd(low?.[0] ?? 0),
    highUsd: usd(high?.[1] ?? 0),
    millionsAssumed: true,
    words: match[0].trim(),
  };
}

function third(word: string): [number, number] {
  if (/^low/i.test(word)) return [0, 0.3];
  return /^mid/i.test(word) ? [0.4, 0.6] : [0.7, 0.9];
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
}

/** The nearest cue before the amount decides; without one only a short sentence that is all price counts. */
function readContext(
  sentence: string,
  index: number,
  length: number,
  isWholeMail: boolean,
  ...amounts: AmountWords[]
): Context {
  const before = sentence.slice(Math.max(0, index - 70), index);
  const after = sentence.slice(index + length, index + length + 40);
  if (OTHER_AFTER.test(after)) return { isPrice: false, hasCue: false };
  const asks = lastIndex(before, ASKS);
  const other = lastIndex(before, OTHER_MONEY);
  if (other > asks) return { isPrice: false, hasCue: false };
  const afterCue =
    /^\W{0,4}(?:firm|obo|or best|net to (?:me|us)|would (?:do|get|work|be)|gets? (?:it|me|us)|is (?:my|our|the|what)|and (?:it['’]s|its|i)|cash\b|all cash|asking|ask\b|range)/i.test(
      after,
    );
  if (asks >= 0 || afterCue) return { isPrice: true, hasCue: true };
  const looksLikeMoney = amounts.some(
    (one) =>
      (one.hasDollarSign && (one.scale !== null || one.number >= 25_000)) ||
      (one.scale ?? 0) >= 1e6 ||
      (one.hasThousandsComma && one.number >= 250_000),
  );
  const short = sentence.trim().split(/\s+/).length <= (isWholeMail ? 9 : 4);
  return { isPrice: looksLikeMoney && short, hasCue: false };
}

function lastIndex(text: string, pattern: RegExp): number {
  let last = -1;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}
