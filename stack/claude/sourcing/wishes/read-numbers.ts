import type { SearchPlan } from "../search-plan";
import type { Reading, Wish, WishContext } from "./wish";

const NUMBER = String.raw`(?<!\$)\b(\d[\d,.]*)\s*(k|m)?\s*\+?`;
const UNIT = String.raw`(?:\s*(?:sf|sq\.? ?ft\.?|square f(?:ee|oo)t))`;
const SIZE = `${NUMBER}${UNIT}?`;
const LEAST = `(?:at least|min(?:imum)?(?: of)?|over|above|more than|(?:bigger|larger|greater) than|no(?:t| )?(?:hing)? (?:smaller|less) than|from)`;
const MOST = `(?:at most|max(?:imum)?(?: of)?|under|below|less than|up to|(?:smaller) than|no(?:t|thing)? (?:more|bigger|larger|greater) than)`;

type Change = (plan: SearchPlan) => SearchPlan;

/** Sizes, years of construction, years of holding, occupancy: everything with a number in it. */
export function readNumbers(words: string, { year }: WishContext): Reading {
  let rest = words;
  const wishes: Wish[] = [];
  const take = (pattern: string, make: (match: RegExpExecArray) => { say: string; apply: Change } | null) => {
    const match = new RegExp(pattern, "i").exec(rest);
    const wish = match && make(match);
    if (!match || !wish) return;
    wishes.push(wish);
    rest = rest.slice(0, match.index) + rest.slice(match.index + match[0].length);
  };
  const number = (text = "") => Number(text.replaceAll(",", ""));

  take(
    String.raw`(?:leased|occupied|occupancy)\s*(?:under|below|less than|<)\s*(\d{1,2})\s*%?|(?:below|under|less than)\s*(\d{1,2})\s*%\s*(?:leased|occupied|occupancy)`,
    (match) => {
      const percent = number(match[1] ?? match[2]);
      return {
        say: `leased below ${percent} %`,
        apply: (plan) => ({ ...plan, leasedBelow: percent, plays: withPlay(plan, "low-leased") }),
      };
    },
  );
  take(String.raw`(?:held|hold(?:s|ing)?|owned)[^.\d]{0,24}(\d{1,2})\s*\+?\s*(?:years|yrs)`, (match) => {
    const years = number(match[1]);
    return {
      say: `held at least ${years} years`,
      apply: (plan) => ({ ...plan, minHoldYears: years, plays: withPlay(plan, "long-hold") }),
    };
  });
  take(String.raw`(?:older than|more than|over)\s*(\d{1,3})\s*(?:years|yrs)(?: old)?`, (match) =>
    builtBefore(year - number(match[1])),
  );
  take(String.raw`(?:older than|built before|before|pre-?)\s*((?:18|19|20)\d{2})\b`, (match) =>
    builtBefore(number(match[1])),
  );
  take(String.raw`(?:newer than|built (?:after|since)|after|since|post-?)\s*((?:19|20)\d{2})\b`, (match) =>
    builtAfter(number(match[1]), year),
  );
  take(`between ${SIZE} (?:and|to|-) ${SIZE}`, (match) => {
    const [min, max] = sizePair(match);
    return min === null || max === null ? null : sizeWish(min, max);
  });
  take(String.raw`${NUMBER}${UNIT}?\s*(?:-|–|to)\s*${NUMBER}${UNIT}`, (match) => {
    const [min, max] = sizePair(match);
    return min === null || max === null ? null : sizeWish(min, max);
  });
  take(`${MOST}\\s*${SIZE}`, (match) => {
    const max = size(match[1], match[2], match[0]);
    return max === null ? null : sizeWish(null, max);
  });
  take(`${LEAST}\\s*${SIZE}`, (match) => {
    const min = size(match[1], match[2], match[0]);
    return min === null ? null : sizeWish(min, null);
  });
  take(`${NUMBER}${UNIT}`, (match) => {
    const min = size(match[1], match[2], match[0]);
    return min === null || !match[0].includes("+") ? null : sizeWish(min, null);
  });
  return { wishes, rest };
}

function withPlay(plan: SearchPlan, play: SearchPlan["plays"][number]): SearchPlan["plays"] {
  return plan.plays.includes(play) ? plan.plays : [play, ...plan.plays];
}

function builtBefore(year: number): { say: string; apply: Change } {
  return { say: `built before ${year}`, apply: (plan) => ({ ...plan, builtBefore: year }) };
}

function builtAfter(after: number, thisYear: number): { say: string; apply: Change } {
  return {
    say: `built ${after} or later`,
    apply: (plan) => ({
      ...plan,
      builtAfter: after,
      // The play for old buildings would find nothing then.
      plays:
        after > thisYear - 35 && plan.plays.length > 1
          ? plan.plays.filter((play) => play !== "older-buildings")
          : plan.plays,
    }),
  };
}

function sizeWish(min: number | null, max: number | null): { say: string; apply: Change } {
  const sf = (value: number) => `${value.toLocaleString("en-US")} SF`;
  const say =
    min !== null && max !== null
      ? `between ${sf(min)} and ${sf(max)}`
      : min !== null
        ? `at least ${sf(min)}`
        : `at most ${sf(max ?? 0)}`;
  return {
    say,
    apply: (plan) => {
      const minSf = min ?? plan.minSf;
      const maxSf = max ?? plan.maxSf;
      // A new bound that crosses the old one replaces it.
      const crossed = minSf !== null && maxSf !== null && minSf > maxSf;
      return { ...plan, minSf: crossed ? min : minSf, maxSf: crossed ? max : maxSf };
    },
  };
}

function sizePair(match: RegExpExecArray): [number | null, number | null] {
  // "20-80k SF": the unit of the second number is the first one's too.
  return [size(match[1], match[2] ?? match[4], match[0]), size(match[3], match[4], match[0])];
}

/** Square feet; a bare small number is none. */
function size(digits: string | undefined, factor: string | undefined, whole: string): number | null {
  const value = Number((digits ?? "").replaceAll(",", "").replace(/\.$/, ""));
  const unit = factor?.toLowerCase();
  const sf = Math.round(value * (unit === "k" ? 1_000 : unit === "m" ? 1_000_000 : 1));
  const plausible = unit !== undefined || new RegExp(UNIT, "i").test(whole) || value >= 2_500;
  return Number.isFinite(sf) && sf > 0 && plausible ? sf : null;
}
