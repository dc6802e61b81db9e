import { makeLoan } from "./make-loan";
import type { MarketArea } from "./market-areas";
import type { MarketCompany, MarketProperty } from "./market-types";
import { PROPERTY_KINDS } from "./property-kinds";
import type { RandomStream } from "./random";
import { STREET_KINDS, STREET_NAMES } from "./words";

const DAY_MS = 86_400_000;
const KIND_WEIGHTS = PROPERTY_KINDS.map((kind) => [kind, kind.weight] as const);

/** One property of a market. Proportions follow what brokers see: most full, a fifth of them not; half with a loan. */
export function makeProperty(
  random: RandomStream,
  area: MarketArea,
  owner: MarketCompany,
  propertyId: number,
  anchorMs: number,
): MarketProperty {
  const kind = random.weighted(KIND_WEIGHTS);
  const city = random.pick(area.cities);
  const anchorYear = new Date(anchorMs).getUTCFullYear();
  const isLand = kind.medianSf === 0;
  const buildingSf = isLand ? null : sizeAround(random, kind.medianSf);
  const yearBuilt = isLand || random.chance(0.03) ? null : builtYear(random, anchorYear);
  const ownerOccupied = !isLand && [2, 5, 6, 7, 13].includes(kind.id) && random.chance(0.14);
  const valueUsd = isLand ? random.integer(8, 90) * 100_000 : (buildingSf ?? 0) * kind.usdPerSf;
  return {
    propertyId,
    marketId: area.id,
    marketName: area.name,
    kind,
    address: `${random.integer(100, 18_900)} ${random.chance(0.3) ? `${random.pick(["N", "S", "E", "W"])} ` : ""}${random.pick(STREET_NAMES)} ${random.pick(STREET_KINDS)}`,
    city: city.name,
    state: city.state,
    zip: String(city.firstZip + random.integer(0, city.zipCount - 1)).padStart(5, "0"),
    latitude: around(random, area.latitude, area.halfHeight),
    longitude: around(random, area.longitude, area.halfWidth),
    buildingSf,
    landAcres: Number(((buildingSf ?? 120_000) / 43_560 / (0.3 + random.next() * 0.3)).toFixed(2)),
    yearBuilt,
    monthBuilt: yearBuilt === null ? null : random.integer(1, 12),
    buildingClass: isLand ? null : classOf(random, yearBuilt === null ? 40 : anchorYear - yearBuilt),
    stories: random.integer(Math.min(1, kind.maxStories), mostStories(kind.maxStories, buildingSf)),
    percentLeased: isLand ? null : leased(random, ownerOccupied),
    ownerOccupied,
    tenancy: ownerOccupied ? 1 : random.weighted([[1, 40] as const, [2, 52] as const, [0, 8] as const]),
    constructionStatus: isLand || random.chance(0.97) ? 1 : 2,
    lastSold: random.chance(0.92) ? lastSale(random, valueUsd, anchorMs) : null,
    loan: random.chance(0.58) ? makeLoan(random, valueUsd, anchorMs) : null,
    owner,
  };
}

/** A floor has at least 6,000 square feet: no tower on a small lot. */
function mostStories(kindMost: number, buildingSf: number | null): number {
  return buildingSf === null ? 0 : Math.max(1, Math.min(kindMost, Math.floor(buildingSf / 6_000)));
}

function sizeAround(random: RandomStream, median: number): number {
  const size = median * Math.exp(random.normal(0, 0.85));
  return Math.round(Math.min(1_200_000, Math.max(1_200, size)) / 50) * 50;
}

function builtYear(random: RandomStream, anchorYear: number): number {
  const year = Math.round(random.normal(anchorYear - 41, 19));
  return Math.min(anchorYear - 1, Math.max(1905, year));
}

function classOf(random: RandomStream, age: number): "A" | "B" | "C" | "F" {
  if (random.chance(0.01)) return "F";
  const [a, b, c] = age < 12 ? [58, 40, 2] : age < 35 ? [15, 60, 25] : [3, 36, 61];
  return random.weighted([["A", a] as const, ["B", b] as const, ["C", c] as const]);
}

function leased(random: RandomStream, ownerOccupied: boolean): number {
  if (ownerOccupied || random.chance(0.5)) return 100;
  return random.chance(0.6) ? random.integer(75, 99) : random.integer(0, 74);
}

function lastSale(random: RandomStream, valueUsd: number, anchorMs: number): MarketProperty["lastSold"] {
  const yearsAgo = Math.min(35, -Math.log(1 - random.next()) * 10.5 + 0.2);
  const growth = 1.035 ** -yearsAgo * (0.8 + random.next() * 0.4);
  return {
    atMs: Math.floor((anchorMs - yearsAgo * 365.25 * DAY_MS) / DAY_MS) * DAY_MS,
    priceUsd: Math.max(150_000, Math.round((valueUsd * growth) / 5_000) * 5_000),
    capRatePercent: Number(Math.min(12, Math.max(3, random.normal(6.1, 1.1))).toFixed(2)),
  };
}

function around(random: RandomStream, center: number, half: number): number {
  return Number((center + (random.next() * 2 - 1) * half).toFixed(6));
}
