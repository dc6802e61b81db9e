import type { Lookups } from "./lookups";
import type { CoStarPayload } from "./payload";
import type { ProposedPayload } from "./sourcing-answer";

interface Range {
  readonly path: string;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/**
 * What is wrong with proposed payloads beyond their shape: ids that do not exist, types that cannot be filtered by
 * market, no place to look, ranges upside down. Each string names the payload and the field.
 */
export function checkPayloads(payloads: readonly ProposedPayload[], lookups: Lookups): string[] {
  return payloads.flatMap(({ payload, title }, index) =>
    problemsOf(payload, lookups).map((problem) => `payload ${index + 1} ("${title}"): ${problem}`),
  );
}

function problemsOf(payload: CoStarPayload, lookups: Lookups): string[] {
  const filter = payload["0"];
  const markets = filter.Geography?.Filter.Ids ?? [];
  const types = filter.Property.PropertyTypes;
  const problems = [
    ...unknown(markets, lookups.markets, "market"),
    ...unknown(types, lookups.propertyTypes, "property type"),
    ...unknown(filter.Property.OwnerTypes ?? [], lookups.ownerTypes, "owner type"),
  ];
  if (markets.length === 0 && !filter.BoundingBox) problems.push("needs a market or a bounding box");
  if (markets.length > 0) {
    for (const type of lookups.propertyTypes) {
      if (types.includes(type.id) && !type.marketFilter)
        problems.push(`${type.name} (${type.id}) does not work with a market filter; use a bounding box`);
    }
  }
  const box = filter.BoundingBox;
  if (
    box &&
    (box.UpperLeft.Latitude <= box.LowerRight.Latitude || box.UpperLeft.Longitude >= box.LowerRight.Longitude)
  )
    problems.push("the bounding box is upside down");
  for (const { path, low, high } of rangesOf(payload)) {
    if (low !== undefined && high !== undefined && low > high)
      problems.push(`${path} has a minimum above its maximum`);
  }
  return problems;
}

function unknown(ids: readonly number[], known: readonly { id: number }[], what: string): string[] {
  const existing = new Set(known.map((item) => item.id));
  return ids.filter((id) => !existing.has(id)).map((id) => `there is no ${what} ${id}`);
}

function rangesOf(payload: CoStarPayload): Range[] {
  const property = payload["0"].Property;
  const { Building: building, Loan: loan } = property;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const date = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  const year = (value: { Year: string } | undefined) => number(value?.Year);
  return [
    range("BuildingArea", building?.BuildingArea, (value) => value.Value),
    range("LandArea", property.Land?.LandArea, (value) => value.Value),
    range("LastSoldPrice", property.LastSoldPrice, (value) => value.Value),
    range("LastSoldDate", property.LastSoldDate, date),
    range("PercentLeased", building?.PercentLeased, number),
    range("Stories", building?.Stories, number),
    range("BuiltEventDate", building?.BuiltEventDate, year),
    range("Loan.MaturityDate", loan?.MaturityDate, date),
    range("Loan.LtvCurrent", loan?.LtvCurrent, number),
    range("Loan.DscrCurrent", loan?.DscrCurrent, number),
    range("Loan.InterestRate", loan?.InterestRate, number),
  ];
}

function range<Value>(
  path: string,
  value: { Minimum?: Value; Maximum?: Value } | undefined,
  read: (value: Value) => number | undefined,
): Range {
  return {
    path,
    low: value?.Minimum === undefined ? undefined : read(value.Minimum),
    high: value?.Maximum === undefined ? undefined : read(value.Maximum),
  };
}
