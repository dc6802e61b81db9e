import { companyMaker } from "./make-companies";
import { makeProperty } from "./make-property";
import { MARKET_AREAS, type MarketArea } from "./market-areas";
import type { Market, MarketCompany, MarketProperty } from "./market-types";
import { NATIONAL_OWNER_TYPES, OWNER_TYPE_WEIGHTS } from "./property-kinds";
import { type RandomStream, randomStream } from "./random";

const NATIONAL_OWNERS = 220;
const NATIONAL_SHARE = 0.18;
const NATIONAL_WEIGHTS = OWNER_TYPE_WEIGHTS.filter(([id]) => NATIONAL_OWNER_TYPES.has(id));
const LOCAL_WEIGHTS = OWNER_TYPE_WEIGHTS.filter(([id]) => !NATIONAL_OWNER_TYPES.has(id));

/**
 * The invented market: the same for the same seed and year. Loans mature and sales date relative to 1 January of
 * `year`, so that there is always a loan due in 12 to 24 months.
 */
export function buildMarket(options: { seed: string; year: number }): Market {
  const random = randomStream(`${options.seed}/${options.year}`);
  const anchorMs = Date.UTC(options.year, 0, 1);
  const makeCompany = companyMaker(random);
  const national = Array.from({ length: NATIONAL_OWNERS }, () =>
    makeCompany(ownerType(random, true), random.pick(MARKET_AREAS)),
  );
  const properties: MarketProperty[] = [];
  let propertyId = 10_000;
  for (const area of MARKET_AREAS) {
    const nextOwner = localOwners(random, area, makeCompany);
    for (let count = 0; count < area.propertyCount; count += 1) {
      const owner = random.chance(NATIONAL_SHARE) ? random.pick(national) : nextOwner();
      propertyId += random.integer(1, 900);
      properties.push(makeProperty(random, area, owner, propertyId, anchorMs));
    }
  }
  return { properties, byId: new Map(properties.map((property) => [property.propertyId, property])) };
}

/** Local owners come one by one, most with a single property and some with up to nine. */
function localOwners(
  random: RandomStream,
  area: MarketArea,
  makeCompany: ReturnType<typeof companyMaker>,
): () => MarketCompany {
  let owner: MarketCompany | null = null;
  let left = 0;
  return () => {
    if (owner === null || left === 0) {
      owner = makeCompany(ownerType(random, false), area);
      left = 1;
      while (left < 9 && random.chance(0.45)) left += 1;
    }
    left -= 1;
    return owner;
  };
}

function ownerType(random: RandomStream, national: boolean): number {
  return random.weighted(national ? NATIONAL_WEIGHTS : LOCAL_WEIGHTS);
}
