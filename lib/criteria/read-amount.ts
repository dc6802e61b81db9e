const AMOUNT = /^\$?\s*(\d+(?:[ ,]\d{3})*|\d*)(\.\d+)?\s*(k|m|mm|b)?$/i;
const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mm: 1e6, b: 1e9 };

/**
 * A number as people write it: "4,500,000", "$4.5M", "50k", "6.25". Nothing written is undefined; what is no number is
 * NaN, so that it can be told from nothing.
 */
export function readAmount(text: string): number | undefined {
  const written = text.trim();
  if (written === "") return undefined;
  const [, whole = "", fraction = "", unit = ""] = AMOUNT.exec(written) ?? [];
  if (whole === "" && fraction === "") return Number.NaN;
  const factor = FACTORS[unit.toLowerCase()] ?? 1;
  const amount = Number(`${whole.replace(/[ ,]/g, "")}${fraction}`) * factor;
  // 4.35 × 1,000,000 is a hair off a whole number in binary.
  return factor === 1 ? amount : Math.round(amount * 100) / 100;
}

/** A number as it is read back: 4,500,000; nothing where there is none. */
export function writeAmount(amount: number | undefined): string {
  return amount?.toLocaleString("en-US", { maximumFractionDigits: 4 }) ?? "";
}

/** What was typed, written out where it is a number: "4.5M" is "4,500,000". */
export function tidyAmount(text: string): string {
  const amount = readAmount(text);
  return amount === undefined || Number.isNaN(amount) ? text : writeAmount(amount);
}
