import type { SearchPlan } from "../search-plan";
import type { Mood, Wish, WishContext } from "./wish";

const PRIVATE = [3, 17, 18, 20];
const OWNERS: readonly (readonly [name: string, words: RegExp, ids: readonly number[]])[] = [
  ["REITs", /\breits?\b/i, [2, 19]],
  ["institutions", /\binstitution(?:s|al)?\b/i, [7, 8, 10, 11, 13, 15, 21]],
  [
    "private owners",
    /\bprivate(?:ly)?(?:[- ](?:owners?|owned|held|people|parties))?\b|\bmom[- ]and[- ]pop\b/i,
    PRIVATE,
  ],
  ["individuals", /\bindividuals?\b/i, [3]],
  ["trusts", /\bfamil(?:y|ies)\b|\btrusts?\b/i, [17]],
  ["corporations", /\bcorporat(?:ions?|e)\b|\bowner[- ]users?\b/i, [1]],
  ["developers", /\bdevelopers?\b/i, [6, 16]],
  ["funds", /\bfunds?\b/i, [15, 21]],
  ["banks", /\bbanks?\b/i, [5]],
  ["government", /\bgovernments?\b|\bmunicipal\b/i, [4]],
  ["non-profits", /\bnon-?profits?\b|\bchurch(?:es)?\b/i, [9, 24]],
];

/** Kinds of owners a clause drops or keeps. "Private REITs" are REITs. */
export function readOwners(clause: string, mood: Mood, { lookups }: WishContext): Wish[] {
  const all = (lookups.ownerTypes ?? []).map((type) => type.id);
  const text = clause.replace(/\bprivate(?= reits?\b)/gi, "");
  return OWNERS.filter(([, words]) => words.test(text)).map(([name, , ids]) => ({
    say: mood === "drop" ? `no ${name}` : mood === "add" ? `${name} too` : `only ${name}`,
    apply: (plan: SearchPlan) => {
      const now = plan.ownerTypes ?? all;
      const next =
        mood === "drop"
          ? now.filter((id) => !ids.includes(id))
          : mood === "only"
            ? [...ids]
            : plan.ownerTypes && [...new Set([...plan.ownerTypes, ...ids])];
      return next?.length === 0 ? null : { ...plan, ownerTypes: next };
    },
  }));
}
