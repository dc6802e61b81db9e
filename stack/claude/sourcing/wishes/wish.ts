import type { SearchPlan } from "../search-plan";
import type { Lookups } from "../sourcing-input";

/** One change that words ask for. `say` is how the answer names it; null from `apply` means it cannot be done. */
export interface Wish {
  say: string;
  apply(plan: SearchPlan): SearchPlan | null;
}

/** What a reader of words takes: the words, and the words left for the readers after it. */
export interface Reading {
  wishes: Wish[];
  rest: string;
}

export interface WishContext {
  lookups: Lookups;
  /** The year of today's date. */
  year: number;
}

/** Whether the words around a name add it, drop it, or keep only it. */
export type Mood = "add" | "drop" | "only";

const MOODS: readonly (readonly [Mood, RegExp])[] = [
  [
    "drop",
    /\b(?:drop|skip|remove|exclude|excluding|without|no|not|avoid|except|leave out|cut|minus|never|don'?t (?:like|want|need))\b/i,
  ],
  ["only", /\b(?:only|just|focus(?:ed)? on|limit(?:ed)? to|stick to|restrict(?:ed)? to|nothing but)\b/i],
  ["add", /\b(?:add|also|include|including|plus|expand|extend|try|consider|like|and|bring in|open up)\b/i],
];

/** The mood a clause speaks in, or null when it has no such word. */
export function moodOf(clause: string): Mood | null {
  return MOODS.find(([, pattern]) => pattern.test(clause))?.[0] ?? null;
}
