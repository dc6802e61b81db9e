import { findLookup, marketsNamedIn, typesNamedIn } from "./lookup-names";
import { PLAY_IDS, type PlayId, playsNamedIn } from "./plays";
import type { SearchPlan } from "./search-plan";
import type { SourcingInput } from "./sourcing-input";

const PLAYS_PER_SEARCH = 4;
const TENANCY = { unknown: 0, single: 1, multi: 2 } as const;
/** Rough sale prices, USD per square foot, to turn a budget into a size where no size is given. */
const USD_PER_SF: Readonly<Record<number, number>> = {
  1: 200,
  2: 175,
  5: 230,
  6: 290,
  7: 195,
  11: 270,
  12: 240,
};
const OTHER_USD_PER_SF = 220;

/** The plan the criteria alone ask for. Names nobody knows are left out; the answer says so. */
export function planFromCriteria({ criteria, lookups }: SourcingInput): SearchPlan {
  const wanted = criteria.criteria;
  const markets = wanted.markets.map((market) => findLookup(market, lookups.markets, marketsNamedIn));
  const types = wanted.propertyTypes.map((type) => findLookup(type, lookups.propertyTypes, typesNamedIn));
  const knownTypes = types.filter((type) => type !== null);
  const size =
    wanted.sizeSf ??
    sizeForPrice(
      wanted,
      knownTypes.map((type) => type.id),
    );
  const tenancy = (wanted.tenancy ?? []).map((name) => TENANCY[name]);
  return {
    markets: markets.filter((market) => market !== null),
    types: knownTypes,
    minSf: size?.min ?? null,
    maxSf: size?.max ?? null,
    builtBefore: null,
    builtAfter: null,
    ownerTypes: null,
    classes: wanted.assetClasses ?? [],
    tenancy,
    plays: choosePlays(
      wanted,
      knownTypes.map((type) => type.id),
    ),
    breadth: 0,
    minHoldYears: null,
    leasedBelow: null,
  };
}

type Wanted = SourcingInput["criteria"]["criteria"];

/** First what strategies and notes name, then the plays that suit the criteria, four in all (or all that are named). */
function choosePlays(wanted: Wanted, typeIds: number[]): PlayId[] {
  const named = playsNamedIn([...(wanted.strategies ?? []), wanted.notes ?? ""].join("\n"));
  const singleTenant = wanted.tenancy?.length === 1 && wanted.tenancy[0] === "single";
  const onlyClassA = wanted.assetClasses?.length === 1 && wanted.assetClasses[0] === "A";
  const suits = (id: PlayId) =>
    !(id === "low-leased" && singleTenant) &&
    !(id === "older-buildings" && onlyClassA) &&
    !(id === "owner-occupied" && !typeIds.some((type) => [2, 5, 6, 7, 13].includes(type)));
  const rest = PLAY_IDS.filter((id) => !named.includes(id) && suits(id));
  return [...named, ...rest.slice(0, Math.max(0, PLAYS_PER_SEARCH - named.length))];
}

function sizeForPrice(wanted: Wanted, typeIds: number[]): { min?: number; max?: number } | undefined {
  if (!wanted.price) return undefined;
  const rates = typeIds.map((id) => USD_PER_SF[id] ?? OTHER_USD_PER_SF);
  if (rates.length === 0) return undefined;
  const slack = wanted.priceFlexible ? 1.25 : 1;
  const { min, max } = wanted.price;
  return {
    ...(min === undefined ? {} : { min: thousands(min / Math.max(...rates) / slack) }),
    ...(max === undefined ? {} : { max: thousands((max / Math.min(...rates)) * slack) }),
  };
}

function thousands(value: number): number {
  return Math.max(1_000, Math.round(value / 1_000) * 1_000);
}
