import type { CoStarPayload } from "@/lib/criteria/payload";
import type { MarketProperty } from "../market/market-types";
import { matchesLoan } from "./match-loan";
import { inMoneyRange, inRange, isAmong } from "./ranges";

type Filter = CoStarPayload["0"];
type BuildingFilter = NonNullable<Filter["Property"]["Building"]>;

/** Whether a property passes every filter of a payload. A filter on a fact the property lacks excludes it. */
export function matchesPayload(property: MarketProperty, filter: Filter): boolean {
  const wanted = filter.Property;
  return (
    wanted.PropertyTypes.includes(property.kind.id) &&
    isInside(property, filter.BoundingBox) &&
    isAmong(property.marketId, filter.Geography?.Filter.Ids) &&
    isAmong(property.owner.ownerType, wanted.OwnerTypes) &&
    inRange(property.lastSold?.atMs, dates(wanted.LastSoldDate)) &&
    inMoneyRange(property.lastSold?.priceUsd, wanted.LastSoldPrice) &&
    inMoneyRange(property.landAcres, wanted.Land?.LandArea) &&
    matchesBuilding(property, wanted.Building ?? {}) &&
    (wanted.Loan === undefined || matchesLoan(property.loan, wanted.Loan)) &&
    inRange(property.lastSold?.capRatePercent, capRates(filter.Sale))
  );
}

function matchesBuilding(property: MarketProperty, building: BuildingFilter): boolean {
  return (
    inMoneyRange(property.buildingSf, building.BuildingArea) &&
    isAmong(property.constructionStatus, building.ConstructionStatuses) &&
    isAmong(property.tenancy, building.Tenancy) &&
    isAmong(property.buildingClass, building.BuildingClasses) &&
    inRange(property.percentLeased, numbers(building.PercentLeased)) &&
    inRange(property.stories, numbers(building.Stories)) &&
    matchesBuilt(property, building) &&
    (building.IsOwnerOccupied === undefined || building.IsOwnerOccupied === property.ownerOccupied)
  );
}

function matchesBuilt(property: MarketProperty, building: BuildingFilter): boolean {
  const range = building.BuiltEventDate;
  if (!range?.Minimum && !range?.Maximum) return true;
  if (property.yearBuilt === null) return building.YearMonthBuiltIncludeUnknown === true;
  const months = (date: { Month: number; Year: string } | undefined) =>
    date && Number(date.Year) * 12 + date.Month;
  return inRange(property.yearBuilt * 12 + (property.monthBuilt ?? 1), {
    minimum: months(range.Minimum),
    maximum: months(range.Maximum),
  });
}

function isInside(property: MarketProperty, box: Filter["BoundingBox"]): boolean {
  if (!box) return true;
  return (
    property.latitude <= box.UpperLeft.Latitude &&
    property.latitude >= box.LowerRight.Latitude &&
    property.longitude >= box.UpperLeft.Longitude &&
    property.longitude <= box.LowerRight.Longitude
  );
}

function dates(range: { Minimum?: string | undefined; Maximum?: string | undefined } | undefined) {
  return (
    range && {
      minimum: range.Minimum === undefined ? undefined : Date.parse(range.Minimum),
      maximum: range.Maximum === undefined ? undefined : Date.parse(range.Maximum),
    }
  );
}

function numbers(range: { Minimum?: string | undefined; Maximum?: string | undefined } | undefined) {
  return (
    range && {
      minimum: range.Minimum === undefined ? undefined : Number(range.Minimum),
      maximum: range.Maximum === undefined ? undefined : Number(range.Maximum),
    }
  );
}

/** The one sale filter the stand-in has facts for; CoStar's exclusions and sale types change nothing here. */
function capRates(sale: unknown) {
  const range = (sale as { SaleComp?: { Price?: { CapitalizationRate?: unknown } } } | undefined)?.SaleComp
    ?.Price?.CapitalizationRate as { Minimum?: unknown; Maximum?: unknown } | undefined;
  const number = (value: unknown) => (value === undefined ? undefined : Number(value));
  return range && { minimum: number(range.Minimum), maximum: number(range.Maximum) };
}
