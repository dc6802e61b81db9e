import { type ReadPart, spansOf } from "./read-part";

const TITLES =
  "broker agent assistant attorney lawyer accountant manager partner director president owner trustee principal".split(
    " ",
  );
const ONE = `(?:(?:the|all|any)\\s+)?(?:${TITLES.join("|")})s?\\b`;
const SKIP = new RegExp(
  String.raw`\b(?:skip|drop|leave out|no|without|exclude)\s+${ONE}(?:\s*(?:,|and|or|,\s*and|,\s*or)\s*${ONE})*`,
  "g",
);

/** "skip brokers and attorneys": the job titles of contacts who are to be left out. */
export function readSkippedTitles(text: string): ReadPart<readonly string[]> | null {
  const found = [...text.matchAll(SKIP)];
  if (found.length === 0) return null;
  const said = found.map(([match]) => match).join(" ");
  const value = TITLES.filter((title) => new RegExp(`\\b${title}s?\\b`).test(said));
  return {
    value,
    understood: [`leaves out everyone whose title says ${value.join(" or ")}`],
    spans: spansOf(found),
  };
}
