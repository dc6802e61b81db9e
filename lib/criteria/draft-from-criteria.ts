import type { BuyerCriteria } from "@/lib/criteria/criteria";
import { findLookup, type Lookup, type Lookups } from "@/lib/criteria/lookups";
import type { CriteriaDraft } from "./criteria-draft";

/** An earlier search's criteria as the form shows them. Markets and types that no longer exist are left out. */
export function draftFromCriteria(
  { buyer, broker, criteria }: BuyerCriteria,
  lookups: Lookups,
): CriteriaDraft {
  return {
    name: criteria.name,
    buyerName: buyer.name,
    buyerContact: buyer.contact ?? "",
    dealsCompleted: written(buyer.entity?.dealsCompleted),
    capital: written(buyer.entity?.capital),
    typicalCloseDays: written(buyer.entity?.typicalCloseDays),
    decisionMaker: buyer.entity?.decisionMaker ?? "",
    brokerName: broker?.name ?? "",
    brokerEmail: broker?.email ?? "",
    brokerOffice: broker?.office ?? "",
    propertyTypes: idsOf(criteria.propertyTypes, lookups.propertyTypes),
    markets: idsOf(criteria.markets, lookups.markets),
    priceMin: written(criteria.price?.min),
    priceMax: written(criteria.price?.max),
    sizeMin: written(criteria.sizeSf?.min),
    sizeMax: written(criteria.sizeSf?.max),
    capRateMin: written(criteria.capRate?.min),
    strategies: [...criteria.strategies],
    assetClasses: [...criteria.assetClasses],
    tenancy: [...criteria.tenancy],
    deadline: criteria.deadline ?? "",
    exchangeType: criteria.exchangeType ?? "",
    notes: criteria.notes,
    marketsFlexible: criteria.marketsFlexible,
    priceFlexible: criteria.priceFlexible,
  };
}

function idsOf(wanted: readonly (string | number)[], known: readonly Lookup[]): number[] {
  return wanted.flatMap((item) => findLookup(known, item)?.id ?? []);
}

function written(amount: number | undefined): string {
  return amount === undefined ? "" : amount.toLocaleString("en-US", { maximumFractionDigits: 4 });
}
