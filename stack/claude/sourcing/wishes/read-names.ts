import { marketsNamedIn, typesNamedIn } from "../lookup-names";
import type { SearchPlan } from "../search-plan";
import type { Lookup } from "../sourcing-input";
import type { Mood, Wish, WishContext } from "./wish";

/** Markets and property types a clause names. "X buyers also like Y" asks for Y, and only in a search for X. */
export function readNames(clause: string, mood: Mood, context: WishContext): Wish[] {
  const { markets, propertyTypes } = context.lookups;
  const condition = /([\w -]+?)\s+(?:buyers?|searches|deals|clients)\b/i.exec(clause);
  const onlyFor = condition ? typesNamedIn(condition[1] ?? "", propertyTypes) : [];
  const rest = condition && onlyFor.length > 0 ? clause.replace(condition[0], "") : clause;
  const wishes = [
    ...listWish("market", "markets", marketsNamedIn(rest, markets), mood),
    ...listWish("property type", "types", typesNamedIn(rest, propertyTypes), mood),
  ];
  if (onlyFor.length === 0) return wishes;
  return wishes.map((wish) => ({
    say: wish.say,
    apply: (plan) =>
      plan.types.some((type) => onlyFor.some((wanted) => wanted.id === type.id)) ? wish.apply(plan) : null,
  }));
}

function listWish(what: string, field: "markets" | "types", named: Lookup[], mood: Mood): Wish[] {
  if (named.length === 0) return [];
  const names = named.map((one) => one.name).join(", ");
  const isNamed = (one: Lookup) => named.some((other) => other.id === one.id);
  const apply = (plan: SearchPlan): SearchPlan | null => {
    const now: readonly Lookup[] = plan[field];
    const next =
      mood === "drop"
        ? now.filter((one) => !isNamed(one))
        : mood === "only"
          ? named
          : [...now, ...named.filter((one) => !now.some((other) => other.id === one.id))];
    // A search without any market or type would be no search.
    return next.length === 0 ? null : { ...plan, [field]: next };
  };
  const verb = mood === "drop" ? "without" : mood === "only" ? "only" : "added";
  return [{ say: `${verb} ${what} ${names}`, apply }];
}
