/**
 * A value as Postgres can hold it: NUL and halves of surrogate pairs, which hostile mail likes to contain and no text column
 * takes, become U+FFFD, wherever they stand.
 */
export function storable<Value>(value: Value): Value {
  return replaceIn(value) as Value;
}

function replaceIn(value: unknown): unknown {
  if (typeof value === "string") return wellFormed(value.replaceAll("\u0000", "\ufffd"));
  if (Array.isArray(value)) return value.map(replaceIn);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [wellFormed(key), replaceIn(item)]));
  return value;
}

/** ES2024's String.prototype.toWellFormed, which the oldest Node we run on has and its types do not. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
