export interface YieldVerdict {
  readonly verdict: "too_narrow" | "few" | "ideal" | "many" | "too_broad";
  readonly words: string;
  /** What a person could do about it, where something should be done */
  readonly advice: string | null;
}

/**
 * Whether a finished extraction found a good number of contacts: below 15 the search is too narrow, 50 to 150 is ideal,
 * above 300 it is too broad.
 */
export function judgeContacts(contacts: number): YieldVerdict {
  if (contacts < 15)
    return {
      verdict: "too_narrow",
      words: "Too narrow: fewer than 15 contacts.",
      advice: "Add a neighbouring market or a related property type, or widen the price or size range.",
    };
  if (contacts < 50)
    return { verdict: "few", words: "A little narrow: 50 to 150 contacts is ideal.", advice: null };
  if (contacts <= 150)
    return { verdict: "ideal", words: "Ideal: between 50 and 150 contacts.", advice: null };
  if (contacts <= 300)
    return { verdict: "many", words: "A little broad: 50 to 150 contacts is ideal.", advice: null };
  return {
    verdict: "too_broad",
    words: "Too broad: more than 300 contacts.",
    advice: "Name fewer markets, or a strategy that picks out sellers, such as a loan maturing soon.",
  };
}

export interface Yield {
  readonly asked: number;
  readonly withEmail: number;
}

/** Contacts with an e-mail address per property whose owner was asked for; above 0.7 is good. Null before the first. */
export function contactYield({ asked, withEmail }: Yield): number | null {
  return asked > 0 ? withEmail / asked : null;
}

/**
 * How long the owners not yet asked for take at the polite rate, in milliseconds.
 * @param requestsPerMinute one request per owner.
 */
export function estimateLeftMs(properties: number, asked: number, requestsPerMinute: number): number {
  return (Math.max(0, properties - asked) / requestsPerMinute) * 60_000;
}
