/** One rule found in a person's words: what it says, how that is told back, and where it stands in the text. */
export interface ReadPart<Value> {
  readonly value: Value;
  readonly understood: readonly string[];
  /** Begin and end of each place, as in `slice` */
  readonly spans: readonly (readonly [number, number])[];
}

/** The place of each match of an expression. */
export function spansOf(matches: Iterable<RegExpExecArray>): [number, number][] {
  return [...matches].map((match) => [match.index, match.index + match[0].length]);
}

const FILLERS = new Set(
  "a again all also and are as at be but could do fine for good great i in is it just let like looks make me ok okay on please should so thank thanks that the then this to us want we with would you".split(
    " ",
  ),
);

/** What no rule read, clause by clause, as the person wrote it; courtesies are not told back. */
export function remainderOf(words: string, spans: readonly (readonly [number, number])[]): string[] {
  const rest = [...words];
  // By UTF-16 places, as expressions count them.
  const blanked = rest.length === words.length ? rest : words.split("");
  for (const [from, to] of spans) blanked.fill(" ", from, to);
  return blanked
    .join("")
    .split(/[;\n.!?]+|,(?!\d)|\s+(?:and|but)\s+/)
    .map((clause) => clause.replace(/\s+/g, " ").trim())
    .filter((clause) =>
      (clause.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).some((word) => !FILLERS.has(word)),
    );
}
