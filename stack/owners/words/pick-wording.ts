/** The entry at a place in [0, 1) of a list. */
export function pickWording<Value>(wordings: readonly Value[], at: number): Value {
  const wording = wordings[Math.min(wordings.length - 1, Math.floor(at * wordings.length))];
  if (wording === undefined) throw new RangeError("there is no wording to pick");
  return wording;
}
