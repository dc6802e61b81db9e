import { AMOUNT, AMOUNT_AFTER_DASH, RANGE_JOINT, readAmount, toUsd } from "./money-words";

/** A capitalisation rate in basis points (650 = 6.5 %). */
export interface CapRate {
  lowBps: number;
  highBps: number;
  words: string;
}

export interface UsdFact {
  usd: number;
  words: string;
}

/** Price per square foot in cents, because it is quoted to the cent. */
export interface PricePerSquareFoot {
  lowCents: number;
  highCents: number;
  words: string;
}

/** A reader takes its facts out of a sentence and blanks them, so that no number is read twice. */
export interface Taken<T> {
  fact: T | null;
  rest: string;
}

const RATE = String.raw`(\d{1,2}(?:\.\d{1,3})?)`;
const CAP_AFTER = new RegExp(
  String.raw`(?<![\d.,$])${RATE}\s?%?(?:\s?(?:-|–|to)\s?${RATE})?\s?%?[\s-]?(?:cap(?:s|\s?rate)?)\b(?! ?(?:ex|space))`,
  "i",
);
const CAP_BEFORE = new RegExp(
  String.raw`\bcap(?:\s?rate)?s?(?:\s(?:of|at|is|was|around|about|near|would be|range of|in the))*\s?[:=~]?\s?${RATE}\s?%?(?:\s?(?:-|–|to)\s?${RATE})?\s?%?(?!\s?(?:m|mm|million|k|units?|sf)\b)`,
  "i",
);

/** "6 cap", "6.25% cap", "5.5-6 cap", "cap rate of 5.75%". Outside 2 to 15 % it is something else. */
export function takeCapRate(sentence: string): Taken<CapRate> {
  const match = CAP_AFTER.exec(sentence) ?? CAP_BEFORE.exec(sentence);
  if (!match) return { fact: null, rest: sentence };
  const bps = [match[1], match[2] ?? match[1]]
    .map((rate) => Math.round(Number(rate) * 100))
    .sort((a, b) => a - b);
  const [lowBps = 0, highBps = 0] = bps;
  if (lowBps < 200 || highBps > 1_500) return { fact: null, rest: sentence };
  return { fact: { lowBps, highBps, words: match[0].trim() }, rest: blank(sentence, match) };
}

const NOI_BEFORE = new RegExp(
  String.raw`\b(?:NOI|net operating income)\b(?:\s(?:is|of|was|at|around|about|approximately|approx\.?|roughly|currently|in place|runs|running|just|over|under|comes?|to|in))*\s?[:=~]?\s?${AMOUNT}`,
  "i",
);
const NOI_AFTER = new RegExp(
  String.raw`${AMOUNT}(?:\s(?:in|of|in place|current|annual|stabilized|trailing))*\s(?:NOI|net operating income)\b`,
  "i",
);

/** "NOI is $412,000", "412k NOI". A bare number under 10,000 is no NOI of a building. */
export function takeNoi(sentence: string): Taken<UsdFact> {
  const match = NOI_AFTER.exec(sentence) ?? NOI_BEFORE.exec(sentence);
  const usd = match && toUsd(readAmount(match[1], match[2], match[3]));
  if (!match || !usd) return { fact: null, rest: sentence };
  return { fact: { usd, words: match[0].trim() }, rest: blank(sentence, match) };
}

const FOOT = String.raw`\s?(?:\/|per|a|p\.?)?\s?(?:sq\.?\s?(?:ft|foot|feet)\.?|s\.?f\.?|psf|square (?:foot|feet)|rsf|gsf|foot|ft)\b`;
const PER_FOOT = new RegExp(
  String.raw`\$\s?(\d{1,5}(?:,\d{3})?(?:\.\d{1,2})?)(?:\s?(?:-|–|to)\s?\$?(\d{1,5}(?:\.\d{1,2})?))?(?:\/|\sper\s|\sa\s|\s?p)?${FOOT}`,
  "i",
);
const BARE_PER_FOOT =
  /(?<![\d.,$])(\d{2,4}(?:\.\d{1,2})?)(?:\s?(?:-|–|to)\s?(\d{2,4}(?:\.\d{1,2})?))?\s?(?:psf|\/\s?(?:sf|sq\.?\s?ft|foot|ft)|per (?:sf|square foot|sq\.? ?ft|foot)|a foot)\b/i;
const IS_RENT =
  /\brents?\b|\blease[ds]?\b|\bnnn\b|triple net|\/(?:mo|month|yr|year)|per (?:month|year)|month(?:ly)?|annual|\basking rent/i;

/** "$250/SF", "$212.50 per square foot", "275 psf". A rent per square foot is taken away but is no price. */
export function takePricePerSquareFoot(sentence: string): Taken<PricePerSquareFoot> {
  const match = PER_FOOT.exec(sentence) ?? BARE_PER_FOOT.exec(sentence);
  if (!match) return { fact: null, rest: sentence };
  const rest = blank(sentence, match);
  const values = [match[1], match[2] ?? match[1]].map((value) =>
    Math.round(Number((value ?? "").replaceAll(",", "")) * 100),
  );
  const [lowCents = 0, highCents = 0] = values.sort((a, b) => a - b);
  const isRent = IS_RENT.test(
    sentence.slice(Math.max(0, match.index - 40), match.index + match[0].length + 25),
  );
  if (isRent || lowCents < 500 || highCents > 1_000_000) return { fact: null, rest };
  return { fact: { lowCents, highCents, words: match[0].trim() }, rest };
}

const PER_UNIT = new RegExp(
  String.raw`${AMOUNT}(?:${RANGE_JOINT}${AMOUNT_AFTER_DASH})?(?:\s?\/\s?|\s(?:per|a|each)\s)(?:door|unit|key|bed|pad|space|acre|stall|apartment|room)\b`,
  "i",
);

/** "$185k a door", "200k/unit". */
export function takePricePerUnit(sentence: string): Taken<UsdFact> {
  const match = PER_UNIT.exec(sentence);
  if (!match) return { fact: null, rest: sentence };
  const usd = toUsd(readAmount(match[1], match[2], match[3]));
  return { fact: usd ? { usd, words: match[0].trim() } : null, rest: blank(sentence, match) };
}

/** Replaces a match by spaces: later positions stay, its digits are gone. */
export function blank(sentence: string, match: RegExpExecArray): string {
  return (
    sentence.slice(0, match.index) +
    " ".repeat(match[0].length) +
    sentence.slice(match.index + match[0].length)
  );
}
