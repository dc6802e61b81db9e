import { checkCriteria, type FieldProblem } from "@/lib/criteria/check-criteria";
import { type BuyerCriteria, buyerCriteriaSchema, MAX_CRITERIA_BYTES } from "@/lib/criteria/criteria";
import type { Lookups } from "@/lib/criteria/lookups";

export type CriteriaFile =
  | { readonly outcome: "unreadable"; readonly message: string }
  | { readonly outcome: "problems"; readonly problems: readonly FieldProblem[] }
  | {
      readonly outcome: "good";
      readonly criteria: BuyerCriteria;
      /** Paths in the file that mean nothing here, so a misspelt field does not go unnoticed */
      readonly unused: readonly string[];
    };

/** What is wrong with a file's size before it is read, or null. */
export function checkFileSize(name: string, bytes: number): string | null {
  if (bytes <= MAX_CRITERIA_BYTES) return null;
  return `${name} is ${saySize(bytes)}. A criteria file is a few kilobytes and may have ${saySize(MAX_CRITERIA_BYTES)} at most; this is probably another file. Nothing was read.`;
}

/** Reads criteria out of a JSON text: what is in it, or everything that is wrong with it. */
export function readCriteriaFile(text: string, lookups: Lookups): CriteriaFile {
  const tooLarge = checkFileSize("This text", new TextEncoder().encode(text).length);
  if (tooLarge) return { outcome: "unreadable", message: tooLarge };
  let input: unknown;
  try {
    // Editors on Windows put a byte-order mark before the first brace.
    input = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { outcome: "unreadable", message: describeSyntax(text, error) };
  }
  const checked = checkCriteria(input, lookups);
  if (!checked.ok)
    return { outcome: "problems", problems: withLookupProblems(checked.problems, input, lookups) };
  return {
    outcome: "good",
    criteria: checked.criteria,
    unused: findUnused(input, buyerCriteriaSchema.parse(input), ""),
  };
}

/** The shape is checked before the names; a file with both kinds of problem shows all of them at once. */
function withLookupProblems(problems: readonly FieldProblem[], input: unknown, lookups: Lookups) {
  const criteria = isRecord(input) && isRecord(input.criteria) ? input.criteria : {};
  const { propertyTypes, markets } = criteria;
  const names = checkCriteria(
    { buyer: { name: "-" }, criteria: { name: "-", propertyTypes, markets } },
    lookups,
  );
  const known = new Set(problems.map(({ path }) => path));
  return [...problems, ...(names.ok ? [] : names.problems.filter(({ path }) => !known.has(path)))];
}

function describeSyntax(text: string, error: unknown): string {
  const said = error instanceof Error ? error.message : "";
  const position = /position (\d+)/.exec(said)?.[1];
  if (position === undefined)
    return said.includes("end of JSON")
      ? "This is not JSON: it is empty or ends too early."
      : "This is not JSON. A criteria file starts with { and ends with }.";
  const before = text.slice(0, Number(position)).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `This is not JSON: something is wrong near line ${before.length}, column ${column}. A comma, a quote or a bracket is missing or too many.`;
}

function findUnused(input: unknown, used: unknown, path: string): string[] {
  if (!isRecord(input) || !isRecord(used)) return [];
  return Object.keys(input).flatMap((key) => {
    const inner = path ? `${path}.${key}` : key;
    return key in used ? findUnused(input[key], used[key], inner) : [inner];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function saySize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
