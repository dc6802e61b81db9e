import type { BuyerCriteria } from "@/lib/criteria/criteria";
import { findLookup, type Lookup, type Lookups, sayLookup } from "@/lib/criteria/lookups";

export interface CriteriaFact {
  readonly label: string;
  readonly value: string;
}

/** Buyer criteria as a broker would read them out, fact by fact; what was not given is not mentioned. */
export function describeCriteria(all: BuyerCriteria, lookups: Lookups): CriteriaFact[] {
  const { buyer, broker, criteria } = all;
  const flexible = (value: string | undefined, is: boolean) => (value && is ? `${value} (flexible)` : value);
  const facts: Array<[label: string, value: string | undefined]> = [
    ["Buyer", listed([buyer.name, buyer.contact])],
    ["About the buyer", describeEntity(buyer.entity)],
    ["Broker", broker && listed([broker.name, broker.email, broker.office])],
    ["Property types", named(criteria.propertyTypes, lookups.propertyTypes)],
    ["Markets", flexible(named(criteria.markets, lookups.markets), criteria.marketsFlexible)],
    ["Price", flexible(between(criteria.price, usd), criteria.priceFlexible)],
    ["Building size", between(criteria.sizeSf, (value) => `${separated(value)} SF`)],
    ["Cap rate", criteria.capRate?.min === undefined ? undefined : `from ${criteria.capRate.min}%`],
    ["Strategies", listed(criteria.strategies)],
    ["Class", listed(criteria.assetClasses)],
    ["Tenancy", listed(criteria.tenancy)],
    ["Exchange", criteria.exchangeType],
    ["Deadline", criteria.deadline && sayDate(criteria.deadline)],
    ["Notes", criteria.notes.trim()],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function describeEntity(entity: BuyerCriteria["buyer"]["entity"]): string | undefined {
  if (!entity) return undefined;
  const { dealsCompleted: deals, capital, typicalCloseDays: days, decisionMaker } = entity;
  return listed([
    deals === undefined ? undefined : `${separated(deals)} ${deals === 1 ? "deal" : "deals"} completed`,
    capital === undefined ? undefined : `${usd(capital)} of capital`,
    days === undefined ? undefined : `closes in about ${separated(days)} days`,
    decisionMaker ? `decided by ${decisionMaker}` : undefined,
  ]);
}

function listed(parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter((part) => part?.trim()).join(", ") || undefined;
}

function named(wanted: readonly (string | number)[], known: readonly Lookup[]): string | undefined {
  return listed(
    wanted.map((item) => {
      const found = findLookup(known, item);
      return found ? sayLookup(found) : typeof item === "number" ? `#${item}` : item;
    }),
  );
}

function between(
  range: { min?: number; max?: number } | undefined,
  show: (value: number) => string,
): string | undefined {
  const { min, max } = range ?? {};
  if (min !== undefined && max !== undefined) return `${show(min)} to ${show(max)}`;
  if (min !== undefined) return `from ${show(min)}`;
  return max === undefined ? undefined : `up to ${show(max)}`;
}

function separated(value: number): string {
  return value.toLocaleString("en-US");
}

function usd(value: number): string {
  return `$${separated(value)}`;
}

/** "2027-03-31" is a day, not a moment: it is said without a zone. */
function sayDate(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString("en-US", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}
