export interface Range {
  minimum?: number | undefined;
  maximum?: number | undefined;
}

/** Bounds are included. No range passes everything; a range with a bound excludes what is unknown. */
export function inRange(value: number | null | undefined, range: Range | undefined): boolean {
  if (range?.minimum === undefined && range?.maximum === undefined) return true;
  if (value === null || value === undefined) return false;
  return value >= (range.minimum ?? -Infinity) && value <= (range.maximum ?? Infinity);
}

/** The same for CoStar's `{ Value, Code }` bounds (dollars, square feet, acres). */
export function inMoneyRange(
  value: number | null | undefined,
  range: { Minimum?: { Value: number } | undefined; Maximum?: { Value: number } | undefined } | undefined,
): boolean {
  return inRange(value, range && { minimum: range.Minimum?.Value, maximum: range.Maximum?.Value });
}

/** An absent or empty list asks for nothing. */
export function isAmong<Value>(value: Value | null, wanted: readonly Value[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || (value !== null && wanted.includes(value));
}
