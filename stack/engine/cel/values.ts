/** A path that is not there, or an operation its operands do not allow. Inngest treats both as "unknown", not as an error. */
export const UNKNOWN: unique symbol = Symbol("unknown");

export const isUnknown = (value: unknown): value is typeof UNKNOWN => value === UNKNOWN;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

export function isTruthy(value: unknown): boolean {
  return !(
    isUnknown(value) ||
    value === undefined ||
    value === null ||
    value === false ||
    value === "" ||
    value === 0
  );
}

/** The CEL name of a value's type. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Date) return "timestamp";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" ? "map" : typeof value;
}

export function member(object: unknown, name: unknown): unknown {
  if (Array.isArray(object)) {
    const item: unknown = typeof name === "number" ? object[name] : undefined;
    return item === undefined ? UNKNOWN : item;
  }
  if (!isRecord(object)) return UNKNOWN;
  const key = String(name);
  return Object.hasOwn(object, key) ? object[key] : UNKNOWN;
}

export function asText(value: unknown): string {
  if (isUnknown(value) || value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Deep equality; values of different types are never equal. */
export function areEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeOf(left) !== typeOf(right)) return false;
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime();
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => areEqual(item, right[index]));
  if (isRecord(left) && isRecord(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && areEqual(left[key], right[key]))
    );
  }
  return false;
}

/** Ordering with Inngest's leniency: unknown sorts below everything, null stands for "" or 0, other mixed types are false. */
export function compare(operator: "<" | "<=" | ">" | ">=", left: unknown, right: unknown): boolean {
  if (isUnknown(left)) return operator.startsWith("<");
  if (isUnknown(right)) return operator.startsWith(">");
  const a = fillNull(left, right);
  const b = fillNull(right, left);
  if (a === null && b === null) return operator.length === 2;
  if (typeOf(a) !== typeOf(b)) return false;
  const [x, y] = [a instanceof Date ? a.getTime() : a, b instanceof Date ? b.getTime() : b] as [
    number,
    number,
  ];
  if (operator === "<") return x < y;
  if (operator === "<=") return x <= y;
  return operator === ">" ? x > y : x >= y;
}

function fillNull(value: unknown, other: unknown): unknown {
  if (value !== null) return value;
  if (typeof other === "string") return "";
  return typeof other === "number" ? 0 : value;
}
