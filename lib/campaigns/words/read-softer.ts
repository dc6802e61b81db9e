import { type ReadPart, spansOf } from "./read-part";

const STEPS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/\b(?:first|1st|mail 1)\b/, [1]],
  [/\b(?:second|2nd|mail 2)\b/, [2]],
  [/\b(?:third|3rd|last|final|mail 3)\b/, [3]],
  [/\bfollow-?\s?ups?\b/, [2, 3]],
];
const SOFTER = /[^,;.\n]*\b(?:softer|gentler|friendlier|kinder|less pushy|less aggressive)\b[^,;.\n]*/g;

/** "softer second mail": which mails are to be written in softer words; all three when none is named. */
export function readSofter(text: string): ReadPart<readonly number[]> | null {
  const clauses = [...text.matchAll(SOFTER)];
  if (clauses.length === 0) return null;
  const steps = new Set(
    clauses.flatMap(([clause]) => {
      const named = STEPS.filter(([name]) => name.test(clause)).flatMap(([, these]) => these);
      return named.length > 0 ? named : [1, 2, 3];
    }),
  );
  // What comes of it is said where the mails are known: one a person wrote is not written over.
  return { value: [...steps].sort(), understood: [], spans: spansOf(clauses) };
}
