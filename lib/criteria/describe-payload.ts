import { type Lookup, type Lookups, sayLookup } from "./lookups";
import type { CoStarPayload } from "./payload";

export interface PayloadFact {
  readonly label: string;
  readonly value: string;
}

/**
 * A payload as what it means, fact by fact ("Markets: Inland Empire, Los Angeles"), in the order a broker would say it.
 * Retired names say so; unknown ids are shown as numbers rather than hidden.
 */
export function describePayload(payload: CoStarPayload, lookups: Lookups): PayloadFact[] {
  const filter = payload["0"];
  const { Property: property } = filter;
  const { Building: building, Loan: loan } = property;
  const facts: Array<PayloadFact | undefined> = [
    named("Property types", property.PropertyTypes, lookups.propertyTypes),
    named("Markets", filter.Geography?.Filter.Ids, lookups.markets),
    filter.BoundingBox && {
      label: "Area",
      value: `${corner(filter.BoundingBox.UpperLeft)} to ${corner(filter.BoundingBox.LowerRight)}`,
    },
    between("Building size", building?.BuildingArea, (area) => `${separated(area.Value)} SF`),
    between("Land", property.Land?.LandArea, (area) => `${area.Value} acres`),
    building?.BuildingClasses && { label: "Class", value: building.BuildingClasses.join(", ") },
    building?.Tenancy && {
      label: "Tenancy",
      value: building.Tenancy.map((id) => TENANCY[id] ?? String(id)).join(", "),
    },
    between("Built", building?.BuiltEventDate, (date) => date.Year),
    between("Leased", building?.PercentLeased, (percent) => `${percent} %`),
    building?.IsOwnerOccupied !== undefined && {
      label: "Owner-occupied",
      value: yesNo(building.IsOwnerOccupied),
    },
    named("Owners", property.OwnerTypes, lookups.ownerTypes),
    between("Last sold", property.LastSoldDate, (date) => date.slice(0, 10)),
    between("Last price", property.LastSoldPrice, (price) => `$${separated(price.Value)}`),
    between("Loan matures", loan?.MaturityDate, (date) => date.slice(0, 10)),
    between("Loan to value", loan?.LtvCurrent, (percent) => `${percent} %`),
    between("Debt coverage", loan?.DscrCurrent, (ratio) => ratio),
    between("Interest rate", loan?.InterestRate, (rate) => `${rate} %`),
    coded("Payments", loan?.PaymentStatuses, PAYMENT_STATUSES),
    coded("Special servicing", loan?.SpecialServicingStatuses, SERVICING),
    coded("Watchlist", loan?.WatchlistStatuses, SERVICING),
    loan?.IsModification && { label: "Loan", value: "modified" },
  ].map((fact) => fact || undefined);
  return facts.filter((fact): fact is PayloadFact => fact !== undefined);
}

const TENANCY: Readonly<Record<number, string>> = { 0: "unknown", 1: "single", 2: "multi" };
const SERVICING: Readonly<Record<number, string>> = { 1: "current", 2: "previous", 3: "never" };
const PAYMENT_STATUSES: Readonly<Record<number, string>> = {
  1: "performing",
  2: "30 days late",
  3: "60 days late",
  4: "90+ days late",
  5: "maturity default",
  6: "in foreclosure",
  7: "defeased",
  8: "bankrupt",
  9: "bank-owned",
};

function named(
  label: string,
  ids: readonly number[] | undefined,
  known: readonly Lookup[],
): PayloadFact | undefined {
  if (!ids || ids.length === 0) return undefined;
  const name = (id: number) => {
    const found = known.find((item) => item.id === id);
    return found ? sayLookup(found) : `#${id}`;
  };
  return { label, value: ids.map(name).join(", ") };
}

function coded(
  label: string,
  ids: readonly number[] | undefined,
  names: Readonly<Record<number, string>>,
): PayloadFact | undefined {
  if (!ids || ids.length === 0) return undefined;
  return { label, value: ids.map((id) => names[id] ?? `#${id}`).join(", ") };
}

function between<Value>(
  label: string,
  range: { Minimum?: Value; Maximum?: Value } | undefined,
  show: (value: Value) => string,
): PayloadFact | undefined {
  const { Minimum: low, Maximum: high } = range ?? {};
  if (low === undefined && high === undefined) return undefined;
  if (low === undefined) return { label, value: `up to ${show(high as Value)}` };
  if (high === undefined) return { label, value: `from ${show(low)}` };
  return { label, value: `${show(low)} to ${show(high)}` };
}

function separated(value: number): string {
  return value.toLocaleString("en-US");
}

function corner(point: { Latitude: number; Longitude: number }): string {
  return `${point.Latitude.toFixed(2)}, ${point.Longitude.toFixed(2)}`;
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
