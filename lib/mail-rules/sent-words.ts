/** Starts every line that holds nothing but words of ours; a private-use character no mail contains. */
export const SENT_MARK = "\ue003";

/** So many words in a row that stand in a mail of ours are ours: nobody writes a sentence of ours by chance. */
const RUN = 8;
/** Words of one comparison. Runs grow from these, so a cut-off tail and a changed word cost little. */
const GRAM = 4;
const MAX_WORDS = 40_000;
const WORD = /[\p{L}\p{N}]+/gu;

interface Word {
  text: string;
  line: number;
  start: number;
  end: number;
}

/**
 * Takes what we sent out of the lines of an inbound mail. Compared as runs of words over line ends, so that wrapping, quote
 * marks, HTML and a cut-off tail do not matter. A line of our words alone comes back marked with `SENT_MARK`; where a line holds
 * more, our part is cut out. Linear in the words of the mail and of `sent`.
 */
export function markSent(lines: readonly string[], sent: readonly string[]): string[] {
  const grams = gramsOf(sent);
  if (grams.size === 0) return [...lines];
  const words = lines.flatMap((line, at) => wordsOf(line, at)).slice(0, MAX_WORDS);
  const ours = findRuns(words, grams);
  // A preview ends in the middle of a word of ours.
  const [end, tail] = [words.length - 1, words.at(-1)?.text ?? ""];
  if (ours[end - 1] && !ours[end] && [...grams].some((gram) => gram.split(" ").at(-1)?.startsWith(tail)))
    ours[end] = true;
  const byLine = new Map<number, { words: Word[]; ours: number }>();
  words.forEach((word, index) => {
    const seen = byLine.get(word.line) ?? { words: [], ours: 0 };
    seen.words.push(word);
    if (ours[index]) seen.ours += 1;
    byLine.set(word.line, seen);
  });
  let first = 0;
  return lines.map((line, at) => {
    const seen = byLine.get(at);
    if (!seen) return line;
    const flags = ours.slice(first, first + seen.words.length);
    first += seen.words.length;
    if (seen.ours === 0) return line;
    return seen.ours === seen.words.length ? SENT_MARK + line : withoutOurs(line, seen.words, flags);
  });
}

/** The words of a text, as they are compared: case, marks, wrapping and the kind of quotation mark are nothing. */
export function plainWords(text: string): string[] {
  return (text.normalize("NFKC").toLowerCase().match(WORD) ?? []).slice(0, MAX_WORDS);
}

function gramsOf(sent: readonly string[]): Set<string> {
  const grams = new Set<string>();
  for (const text of sent) {
    const words = plainWords(text);
    for (let at = 0; at + GRAM <= words.length; at += 1) grams.add(words.slice(at, at + GRAM).join(" "));
  }
  return grams;
}

function wordsOf(line: string, at: number): Word[] {
  return [...line.matchAll(WORD)].map((match) => ({
    text: match[0].normalize("NFKC").toLowerCase(),
    line: at,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function findRuns(words: readonly Word[], grams: ReadonlySet<string>): boolean[] {
  const covered = words.map(() => false);
  for (let at = 0; at + GRAM <= words.length; at += 1) {
    const gram = words.slice(at, at + GRAM).map((word) => word.text);
    if (grams.has(gram.join(" "))) covered.fill(true, at, at + GRAM);
  }
  for (let at = 0; at < covered.length; at += 1) {
    if (!covered[at]) continue;
    let end = at;
    while (covered[end]) end += 1;
    if (end - at < RUN) covered.fill(false, at, end);
    at = end;
  }
  return covered;
}

function withoutOurs(line: string, words: readonly Word[], ours: readonly boolean[]): string {
  let kept = "";
  let from = 0;
  words.forEach((word, index) => {
    if (!ours[index]) return;
    if (!ours[index - 1]) kept += line.slice(from, word.start);
    from = word.end;
  });
  return `${kept} ${line.slice(from)}`.replace(/\s{2,}/g, " ").trim();
}
