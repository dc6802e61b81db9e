import { isNear } from "./lookup-names";
import type { SearchPlan } from "./search-plan";
import { readWishes } from "./wishes/read-wishes";
import type { WishContext } from "./wishes/wish";

export interface Applied {
  plan: SearchPlan;
  /** What changed, to be named in the answer. */
  done: string[];
  /** What the plan had before anybody asked. */
  already: string[];
  /** Understood, but not possible or not fitting this search. */
  refused: string[];
}

/**
 * Applies what a person's words ask for. With `asLearning` the words were said about another search: they may add
 * markets near the ones of this search, and take away none that this buyer asked for.
 */
export function applyWords(
  words: string,
  plan: SearchPlan,
  context: WishContext,
  asLearning: boolean,
): Applied {
  const result: Applied = { plan, done: [], already: [], refused: [] };
  let waiting = readWishes(words, context);
  // Twice, so that "drop A and add B" also works when A is the only market.
  for (let round = 0; round < 2; round += 1) {
    waiting = waiting.filter((wish) => {
      const next = wish.apply(result.plan);
      if (next === null || (asLearning && !isSafeLearning(plan, next))) return true;
      const changes = JSON.stringify(next) !== JSON.stringify(result.plan);
      (changes ? result.done : result.already).push(wish.say);
      result.plan = next;
      return false;
    });
  }
  result.refused = waiting.map((wish) => wish.say);
  return result;
}

function isSafeLearning(before: SearchPlan, after: SearchPlan): boolean {
  return (
    after.markets.every((market) => isNear(market, before.markets)) &&
    before.markets.every((market) => after.markets.includes(market)) &&
    before.types.every((type) => after.types.includes(type))
  );
}
