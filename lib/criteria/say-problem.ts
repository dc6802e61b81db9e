import type { FieldProblem } from "@/lib/criteria/check-criteria";

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object with fields",
};

/**
 * A schema's message in a person's words: "Invalid input: expected array, received string" is "must be a list, but is
 * text". Messages that are words already stay.
 */
export function sayProblem(message: string): string {
  const kind = /^Invalid input: expected (\w+), received (\w+)/.exec(message);
  if (kind) {
    const [, wanted = "", found = ""] = kind;
    if (found === "undefined") return "is missing";
    if (wanted === "int" && found === "number") return "must be a whole number";
    return `must be ${KINDS[wanted] ?? wanted}, but is ${KINDS[found] ?? found}`;
  }
  const option = /^Invalid option: expected one of (.+)$/.exec(message);
  if (option) return `must be one of ${(option[1] ?? "").replaceAll("|", ", ").replaceAll('"', "")}`;
  const most = /^Too big: expected (\w+) to (?:have|be) <=?(\d+)/.exec(message);
  if (most)
    return most[1] === "number" || most[1] === "int" ? `must be ${most[2]} or less` : sayTooLong(most);
  const least = /^Too small: expected (\w+) to (?:have|be) >(=?)(-?\d+)/.exec(message);
  if (least) {
    const [, what, inclusive, limit] = least;
    if (what !== "number" && what !== "int") return "must not be empty";
    return inclusive ? `must be ${limit} or more` : `must be above ${limit}`;
  }
  if (message === "Invalid email address") return "is not an e-mail address, like name@example.com";
  if (message.startsWith("Invalid ISO date")) return "is not a date like 2027-03-31";
  if (message === "Invalid input") return "is not something that can stand here";
  return message;
}

function sayTooLong([, kind, limit]: RegExpExecArray): string {
  return kind === "array" ? `at most ${limit} of them` : `at most ${limit} characters`;
}

/** As a sentence beside its field: a capital at the start, a full stop at the end. */
function asSentence(message: string): string {
  const said = sayProblem(message);
  const whole = said.startsWith("is ") ? `this ${said}` : said;
  const start = whole.charAt(0).toUpperCase() + whole.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Problems by field, the first of each; a problem inside a list ("criteria.markets.2") belongs to the list. */
export function byField(problems: readonly FieldProblem[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { path, message } of problems) {
    const field = path.replace(/\.\d+$/, "").replace(/^(criteria\.(?:price|sizeSf))$/, "$1.min");
    fields[field] ??= asSentence(message);
  }
  return fields;
}
