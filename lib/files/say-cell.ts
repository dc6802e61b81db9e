/**
 * A workbook's cell as the text a person sees in it: a day as 2026-03-31, a number without an exponent, nothing as nothing.
 * Days in a workbook have no zone; the reader gives them as UTC.
 */
export function sayCell(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "" : value.toISOString().replace(/T00:00:00\.000Z$/, "");
  if (typeof value === "number")
    return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}
