/** An amount as written: digits, an optional scale, whether a dollar sign stood beside it. */
export interface AmountWords {
  number: number;
  /** 1, 1e3, 1e6, 1e9, or null when no scale word was written. */
  scale: number | null;
  hasDollarSign: boolean;
  hasThousandsComma: boolean;
}

const SCALE = "k|thousand|thou|mm|mio|mil|mill|millions?|m|bn|billion|b";
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,4})?`;
/** Groups: dollar sign, number, scale. Not inside a longer number, word, path or percentage. */
export const AMOUNT = String.raw`(?<![\w.,/#:+-])((?:US\s?\$|USD\s?|\$)\s?)?(${NUMBER})(?:\s?(${SCALE})(?![A-Za-z'’/]))?(?:\s?(?:USD|dollars))?(?![\d%:/]|[.,]\d|\s?%|-\d{3})`;
/** The second amount of a range; it may follow a dash directly. */
export const AMOUNT_AFTER_DASH = AMOUNT.replace(String.raw`(?<![\w.,/#:+-])`, "");
export const RANGE_JOINT = String.raw`\s?(?:-|–|—|\bto\b|\band\b|\bor\b)\s?`;

const SMALL =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const DIGIT = SMALL.slice(0, 9).join("|");
const SPELLED = new RegExp(
  String.raw`\b(?:(${TENS.join("|")})[- ](${DIGIT})|(${[...SMALL, ...TENS].join("|")}))(?:\s(and a half|point five|and a quarter|and three quarters)|\spoint\s(${DIGIT}))?\smillion(\sand a half)?\b`,
  "gi",
);

/** Reads the three groups of AMOUNT. */
export function readAmount(
  dollar: string | undefined,
  digits: string | undefined,
  scale: string | undefined,
): AmountWords {
  const written = digits ?? "";
  return {
    number: Number(written.replaceAll(",", "")),
    scale: readScale(scale),
    hasDollarSign: dollar !== undefined,
    hasThousandsComma: written.includes(","),
  };
}

/** Whole dollars, or null for an amount that cannot be a sum of money without more words ("24", "4.2"). */
export function toUsd(amount: AmountWords, borrowedScale: number | null = null): number | null {
  const scale = amount.scale ?? (amount.number < 1_000 ? borrowedScale : null) ?? 1;
  const usd = Math.round(amount.number * scale);
  return Number.isFinite(usd) && usd >= 10_000 && usd <= 20_000_000_000 ? usd : null;
}

/** Spelled amounts ("eight and a half million") as digits padded to the same length, so that positions stay true. */
export function digitsForSpelled(text: string): string {
  return text.replace(SPELLED, (words: string, ...groups: (string | undefined)[]) => {
    const [ten, one, alone, fraction, point, half] = groups;
    const whole = alone ? numberOf(alone) : numberOf(ten ?? "") + numberOf(one ?? "");
    const quarters = fraction?.includes("three") ? 0.75 : fraction?.includes("quarter") ? 0.25 : 0;
    const part = quarters || (fraction || half ? 0.5 : 0) || numberOf(point ?? "") / 10;
    return `${whole + part} million`.padEnd(words.length).slice(0, Math.max(words.length, 4));
  });
}

function numberOf(word: string): number {
  const name = word.toLowerCase();
  const tens = TENS.indexOf(name);
  return tens >= 0 ? (tens + 2) * 10 : SMALL.indexOf(name) + 1;
}

function readScale(scale: string | undefined): number | null {
  const word = scale?.toLowerCase();
  if (word === undefined) return null;
  if (word.startsWith("k") || word.startsWith("th")) return 1e3;
  return word.startsWith("b") ? 1e9 : 1e6;
}
