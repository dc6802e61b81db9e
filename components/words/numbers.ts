/** What stands where there is no number. */
export const NO_VALUE = "–";

type MaybeNumber = number | null | undefined;

const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const wholeUsd = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const centsUsd = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** A whole number with thousands separators: `12,400`. */
export function formatCount(value: MaybeNumber): string {
  return isNumber(value) ? counts.format(value) : NO_VALUE;
}

/** Dollars: without cents from $1,000 on and for whole amounts, with cents below: `$4,500,000`, `$250`, `$0.42`. */
export function formatUsd(usd: MaybeNumber): string {
  if (!isNumber(usd)) return NO_VALUE;
  // 999.995 would round up to $1,000.00: decide by what will be shown.
  const cents = Math.round(usd * 100);
  const whole = Math.abs(cents) >= 100_000 || cents % 100 === 0;
  return whole ? wholeUsd.format(cents / 100) : centsUsd.format(cents / 100);
}

/**
 * A share between 0 and 1 as per cent: `12.3%`. Never rounds a little to nothing or nearly all to all:
 * `<0.1%`, `>99.9%`. A reading of 0 or 1 stays `0%` and `100%`.
 */
export function formatPercent(ratio: MaybeNumber, digits = 1): string {
  if (!isNumber(ratio)) return NO_VALUE;
  if (Number.isInteger(ratio)) return `${counts.format(ratio * 100)}%`;
  const smallest = 10 ** -digits;
  const percent = ratio * 100;
  if (percent > 0 && percent < smallest) return `<${smallest.toFixed(digits)}%`;
  if (percent < 100 && percent > 100 - smallest) return `>${(100 - smallest).toFixed(digits)}%`;
  return `${percent.toFixed(digits)}%`;
}

const UNITS: [name: string, ms: number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];

/** A span of time in milliseconds, in its two largest units: `840 ms`, `4.2 s`, `3 min 5 s`, `2 h 14 min`, `3 d 4 h`. */
export function formatDuration(ms: MaybeNumber): string {
  if (!isNumber(ms) || ms < 0) return NO_VALUE;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1).replace(/\.0$/, "")} s`;
  return largestTwoUnits(ms);
}

function largestTwoUnits(ms: number): string {
  for (const [index, [name, size]] of UNITS.entries()) {
    const [smallerName, smallerSize] = UNITS[index + 1] ?? ["", size];
    // Rounded to the smaller unit first, so 59 min 59.9 s reads 1 h and not 60 min.
    const rounded = Math.round(ms / smallerSize) * smallerSize;
    if (rounded < size) continue;
    const rest = Math.round((rounded % size) / smallerSize);
    const whole = `${Math.floor(rounded / size)} ${name}`;
    return rest > 0 && smallerName ? `${whole} ${rest} ${smallerName}` : whole;
  }
  return `${Math.round(ms / 1000)} s`;
}

function isNumber(value: MaybeNumber): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
