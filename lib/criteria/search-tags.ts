import type { BuyerCriteria } from "./criteria";
import { findLookup, type Lookups } from "./lookups";

/** The tags by which learnings find a search: its property types, markets and strategies, by name. */
export function searchTags(criteria: BuyerCriteria, lookups: Lookups): string[] {
  const { markets, propertyTypes, strategies } = criteria.criteria;
  return [
    ...propertyTypes.map((type) => findLookup(lookups.propertyTypes, type)?.name ?? String(type)),
    ...markets.map((market) => findLookup(lookups.markets, market)?.name ?? String(market)),
    ...strategies,
  ];
}
