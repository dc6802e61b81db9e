import { UsageError } from "./read-flags";

export const FAILURES = ["prose", "error", "invalid", "invalid-once", "hang", "not-logged-in"] as const;
export type Failure = (typeof FAILURES)[number];

/**
 * What `CLAUDE_STANDIN_FAIL` asks to go wrong: `prose` answers text only, `error` fails as an overloaded API does,
 * `invalid` breaks a rule no schema knows (`invalid-once` only until the input names errors), `hang` never answers,
 * `not-logged-in` has no key.
 */
export function readFailure(env: Readonly<Record<string, string | undefined>>): Failure | null {
  const asked = env.CLAUDE_STANDIN_FAIL;
  if (!asked) return null;
  const found = FAILURES.find((failure) => failure === asked);
  if (!found) {
    throw new UsageError(`CLAUDE_STANDIN_FAIL is "${asked}"; it can be ${FAILURES.join(", ")}`);
  }
  return found;
}
