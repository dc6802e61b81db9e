import { readDurationMs } from "../duration";
import { asText, isRecord, isUnknown, typeOf, UNKNOWN } from "./values";

type Builtin = (...args: unknown[]) => unknown;

/** Longest text a pattern is tried on: a hostile pattern over a long text would stall every run. */
const MAX_MATCH_CHARS = 10_000;

export function size(value: unknown): number {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : 0;
}

function toDate(value: unknown): unknown {
  const date = new Date(typeof value === "number" && value < 1e11 ? value * 1000 : asText(value));
  if (value instanceof Date) return value;
  if (typeof value === "number" && value >= 1e11) return new Date(value);
  return Number.isNaN(date.getTime()) ? UNKNOWN : date;
}

function toInteger(value: unknown): unknown {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? number : UNKNOWN;
}

function toDouble(value: unknown): unknown {
  const number = Number(value);
  return Number.isNaN(number) ? UNKNOWN : number;
}

function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(asText(value)) as unknown;
  } catch {
    return UNKNOWN;
  }
}

/** Functions of CEL's standard library and the ones Inngest adds. */
export const FUNCTIONS: Readonly<Record<string, Builtin>> = {
  size,
  int: toInteger,
  uint: toInteger,
  double: toDouble,
  string: asText,
  bool: (value) => value === true || value === "true",
  type: typeOf,
  dyn: (value) => value,
  lowercase: (value) => asText(value).toLowerCase(),
  uppercase: (value) => asText(value).toUpperCase(),
  b64decode: (value) => Buffer.from(asText(value), "base64").toString(),
  json_parse: parseJson,
  date: toDate,
  timestamp: toDate,
  duration: (value) => readDurationMs(asText(value)) ?? UNKNOWN,
  now: () => new Date(),
  now_plus: (value) => new Date(Date.now() + (readDurationMs(asText(value)) ?? 0)),
  now_minus: (value) => new Date(Date.now() - (readDurationMs(asText(value)) ?? 0)),
};

const onText =
  (test: (text: string, other: string) => boolean): Builtin =>
  (text, other) =>
    typeof text === "string" && !isUnknown(other) && test(text, asText(other));

/** Methods a value can be asked: `event.name.startsWith("x")`. */
export const METHODS: Readonly<Record<string, Builtin>> = {
  contains: onText((text, part) => text.includes(part)),
  startsWith: onText((text, part) => text.startsWith(part)),
  endsWith: onText((text, part) => text.endsWith(part)),
  matches: onText((text, pattern) => matches(text, pattern)),
  size,
};

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern).test(text.slice(0, MAX_MATCH_CHARS));
  } catch {
    return false;
  }
}
