const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|hon)\.?\s+/i;
const SUFFIX = /^(jr|sr|ii|iii|iv|esq|cpa|mba|phd|md|cfa|ccim)\.?$/i;

export interface Person {
  readonly fullName: string;
  /** What a mail says hello with; empty when it is not known */
  readonly firstName: string;
}

/** A person's name from one cell ("Smith, John Jr.", "Dr. Ann Lee") or from two. Null when there is none. */
export function readPerson(name: string, first: string, last: string): Person | null {
  const [given, family, whole] = [tidy(first), tidy(last), tidy(name)];
  if (given || family)
    return { fullName: whole && !given ? whole : tidy(`${given} ${family}`), firstName: given };
  if (!whole) return null;
  const plain = turnAround(whole.replace(TITLES, ""));
  const [firstWord = ""] = plain.split(" ");
  // "J. Smith" is no first name to greet with.
  return { fullName: plain, firstName: /^\p{L}\.?$/u.test(firstWord) ? "" : firstWord };
}

function turnAround(name: string): string {
  const [before = "", after = "", ...more] = name.split(",").map(tidy);
  if (!after || more.length > 0 || SUFFIX.test(after)) return name;
  return `${after} ${before}`;
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
