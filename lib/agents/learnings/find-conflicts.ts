/** A learning as far as its direction can be read from it. */
export interface Spoken {
  readonly id: string;
  readonly agent: string;
  readonly words: string;
  readonly adjustment: string | null;
  readonly tags: readonly string[];
}

export interface Conflict {
  readonly one: string;
  readonly other: string;
  /** What they disagree about, as a person would name it: "breadth", "flex", "interested or question". */
  readonly about: string;
}

interface Stance {
  readonly topic: string;
  readonly direction: 1 | -1;
}

// Words that pull a search one way or the other. With a negation before them ("not too narrow") they say nothing.
const SCALES: readonly { readonly topic: string; readonly up: RegExp; readonly down: RegExp }[] = [
  {
    topic: "breadth",
    up: /\b(?:too narrow|broaden|broader|widen|wider|more contacts)\b/,
    down: /\b(?:too broad|too wide|narrow(?:er)? (?:it|down|this)|narrower|tighten|fewer contacts)\b/,
  },
  {
    topic: "size",
    up: /\b(?:too small|larger|bigger|raise the (?:size|minimum))\b/,
    down: /\b(?:too (?:large|big)|smaller|lower the (?:size|minimum))\b/,
  },
  {
    topic: "age of buildings",
    up: /\b(?:too new|older buildings?)\b/,
    down: /\b(?:too old|newer buildings?)\b/,
  },
  {
    topic: "length of ownership",
    up: /\b(?:longer (?:hold|held|owned|ownership)|owned longer)\b/,
    down: /\b(?:shorter (?:hold|ownership)|more recent owners?)\b/,
  },
];
const TAKE_IN = /\b(?:add|include|also (?:like|want|take|search|look at)|bring in|consider)\b/g;
const LEAVE_OUT =
  /\b(?:exclude|skip|drop|remove|leave out|without|avoid|never (?:use|include|add)|no more|don't (?:include|add|want)|do not (?:include|add|want))\b/g;
const FILLER = new Set([
  "the",
  "a",
  "an",
  "and",
  "or",
  "any",
  "all",
  "more",
  "also",
  "too",
  "to",
  "in",
  "for",
  "of",
  "please",
  "them",
  "it",
  "this",
  "that",
  "as",
  "well",
  "buyers",
  "properties",
  "property",
  "owners",
  "contacts",
]);

/**
 * Pairs of learnings in use that pull in different directions where both would go into one prompt: one says wider and the
 * other narrower, one adds what the other leaves out, or two corrections name each other's category. Found by rules, for a
 * person to settle; learnings whose tags share nothing are left alone, since no prompt carries both for the same reason.
 */
export function findConflicts(learnings: readonly Spoken[]): Conflict[] {
  const found: Conflict[] = [];
  const seen = new Map<string, { learning: Spoken; direction: 1 | -1 }[]>();
  for (const learning of learnings) {
    for (const { topic, direction } of stancesOf(learning)) {
      const key = `${learning.agent}/${topic}`;
      const others = seen.get(key) ?? [];
      for (const other of others)
        if (other.direction !== direction && mayMeet(learning, other.learning))
          found.push({ one: other.learning.id, other: learning.id, about: topic });
      seen.set(key, [...others, { learning, direction }]);
    }
  }
  return found;
}

/** Which way a learning pulls, topic by topic; one that says both about a topic says nothing about it. */
export function stancesOf({ words, adjustment }: Pick<Spoken, "words" | "adjustment">): Stance[] {
  const text = words.toLowerCase().replace(/[’]/g, "'");
  const read = new Map<string, Set<1 | -1>>();
  const note = (topic: string, direction: 1 | -1): void => {
    read.set(topic, (read.get(topic) ?? new Set()).add(direction));
  };
  for (const { topic, up, down } of SCALES) {
    if (up.test(text) && !isNegated(text, up)) note(topic, 1);
    if (down.test(text) && !isNegated(text, down)) note(topic, -1);
  }
  // "don't include" holds the verb of taking in as well.
  for (const object of objectsAfter(text.replace(LEAVE_OUT, "…"), TAKE_IN)) note(object, 1);
  for (const object of objectsAfter(text, LEAVE_OUT)) note(object, -1);
  const [, is, was] = /^(\w+) instead of (\w+)$/.exec(adjustment ?? "") ?? [];
  if (is && was) {
    const [first = "", second = ""] = [is, was].sort();
    note(`${first} or ${second}`.replaceAll("_", " "), is === first ? 1 : -1);
  }
  return [...read].flatMap(([topic, directions]): Stance[] => {
    const [direction] = directions;
    return directions.size === 1 && direction ? [{ topic, direction }] : [];
  });
}

function isNegated(text: string, pattern: RegExp): boolean {
  const at = pattern.exec(text)?.index ?? 0;
  return /\b(?:not|isn't|never)\s+(?:\w+\s+)?$/.test(text.slice(0, at));
}

/** The first few words each verb is said about: "add OC and flex" is about "oc" and "flex". */
function objectsAfter(text: string, verbs: RegExp): string[] {
  return [...text.matchAll(verbs)].flatMap((match) => {
    const clause =
      text
        .slice(match.index + match[0].length)
        .split(/[.,;:!?\n]|\b(?:but|because|since|instead|unless|if)\b/)[0] ?? "";
    return clause
      .split(/[^\p{L}\p{N}'-]+/u)
      .filter((word) => word.length > 1 && !FILLER.has(word))
      .slice(0, 3)
      .map((word) => word.replace(/(?<=\p{L}{3})s$/u, ""));
  });
}

/** One prompt can carry both: they share a tag, or one of them holds everywhere. */
function mayMeet(one: Spoken, other: Spoken): boolean {
  if (one.tags.length === 0 || other.tags.length === 0) return true;
  // Corrections carry the category they were corrected to; two that name each other's never share it.
  if (one.adjustment?.includes(" instead of ") && other.adjustment?.includes(" instead of ")) return true;
  const tags = new Set(one.tags.map((tag) => tag.toLowerCase()));
  return other.tags.some((tag) => tags.has(tag.toLowerCase()));
}
