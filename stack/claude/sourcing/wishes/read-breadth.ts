import { PLAY_IDS } from "../plays";
import type { SearchPlan } from "../search-plan";
import type { Wish } from "./wish";

const WIDER =
  /\b(?:wider|broader|broaden|widen|loosen|relax|cast a wider net|more (?:contacts|owners|results|properties))\b/i;
const NARROWER =
  /\b(?:narrower|tighter|tighten|narrow (?:it |this )?down|fewer (?:contacts|owners|results|properties))\b/i;
/** Complaints: taken as a wish only when nothing more exact was said beside them. */
const TOO_NARROW = /\btoo (?:narrow|few|small a|tight|little)\b|\bnot enough\b/i;
const TOO_BROAD = /\btoo (?:broad|wide|many|much)\b/i;
const SIZE_STEP = 0.6;
/** Where a plan has no size yet, "smaller" and "larger" start from this, square feet. */
const USUAL_SF = 50_000;

/** Wider, narrower, smaller, larger, older, newer: directions without a number. */
export function readDirections(words: string, isOnlyComplaint: boolean, year: number): Wish[] {
  const wishes: Wish[] = [];
  if (WIDER.test(words) || (isOnlyComplaint && TOO_NARROW.test(words))) wishes.push(breadth(1, "wider"));
  else if (NARROWER.test(words) || (isOnlyComplaint && TOO_BROAD.test(words)))
    wishes.push(breadth(-1, "narrower"));
  if (/\bsmaller\b|\btoo (?:big|large)\b/i.test(words)) wishes.push(smaller());
  else if (/\b(?:bigger|larger)\b|\btoo small\b/i.test(words)) wishes.push(larger());
  if (/\bolder\b|\btoo new\b/i.test(words)) {
    wishes.push({
      say: `built before ${year - 35}`,
      apply: (plan) => ({ ...plan, builtBefore: year - 35 }),
    });
  } else if (/\bnewer\b|\btoo old\b/i.test(words)) {
    wishes.push({ say: `built ${year - 25} or later`, apply: (plan) => newer(plan, year - 25) });
  }
  return wishes;
}

function breadth(step: 1 | -1, say: string): Wish {
  return {
    say: `${say} thresholds, ${step > 0 ? "one more play" : "the strongest plays only"}`,
    apply: (plan) => {
      const extra = PLAY_IDS.find((id) => !plan.plays.includes(id));
      const plays =
        step > 0
          ? [...plan.plays, ...(extra ? [extra] : [])]
          : plan.plays.slice(0, Math.max(1, plan.plays.length - 1));
      return { ...plan, breadth: Math.max(-1, Math.min(1, plan.breadth + step)), plays };
    },
  };
}

function smaller(): Wish {
  return {
    say: "smaller buildings",
    apply: (plan) => ({
      ...plan,
      maxSf: rounded((plan.maxSf ?? USUAL_SF) * SIZE_STEP),
      minSf: plan.minSf === null ? null : rounded(plan.minSf * SIZE_STEP * SIZE_STEP),
    }),
  };
}

function larger(): Wish {
  return {
    say: "larger buildings",
    apply: (plan) => ({
      ...plan,
      minSf: rounded((plan.minSf ?? USUAL_SF * SIZE_STEP) / SIZE_STEP),
      maxSf: plan.maxSf === null ? null : rounded(plan.maxSf / SIZE_STEP / SIZE_STEP),
    }),
  };
}

function newer(plan: SearchPlan, after: number): SearchPlan {
  const plays = plan.plays.filter((play) => play !== "older-buildings");
  return { ...plan, builtAfter: after, builtBefore: null, plays: plays.length > 0 ? plays : plan.plays };
}

function rounded(sf: number): number {
  return Math.max(1_000, Math.round(sf / 1_000) * 1_000);
}
