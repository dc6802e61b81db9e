import type { CoStarPayload } from "@/lib/criteria/payload";
import type { ProposedPayload } from "@/lib/criteria/sourcing-answer";
import { boundingBoxOf } from "./bounding-box";
import { breadthWord } from "./plan-from-previous";
import { PLAYS, type PlayFilter, type PlayId } from "./plays";
import type { SearchPlan } from "./search-plan";

const MAX_PAYLOADS = 12;
const PAGE_SIZE = 500;
// Written out because lib's constant lives beside its schema, and this process starts without a schema library.
const UNITS: CoStarPayload["3"] = {
  RateBasis: "month",
  CurrencyCode: "USD",
  BuildingAreaUnit: "SF",
  secondaryAreaUnit: "SF",
  AreaUom: "AC",
  lengthUnit: "FT",
};

/**
 * One payload per play for the types that take a market filter, over all markets at once; for the others one per
 * play and market, because a payload has one bounding box. At most twelve; `left` says what had no room or no box.
 */
export function writePayloads(
  plan: SearchPlan,
  today: Date,
  because: string,
): { payloads: ProposedPayload[]; left: string[] } {
  const byMarket = plan.types.filter((type) => type.marketFilter);
  const byBox = plan.types.filter((type) => !type.marketFilter);
  const payloads: ProposedPayload[] = [];
  const left: string[] = [];
  const add = (play: PlayId, where: string, types: typeof byBox, geography: Partial<CoStarPayload["0"]>) => {
    const title = `${titleOf(play, plan)}: ${types.map((type) => type.name).join(", ")} in ${where}`;
    if (payloads.length >= MAX_PAYLOADS) left.push(title);
    else {
      payloads.push({
        title: title.slice(0, 160),
        reasoning: `${PLAYS[play].why}${because}`.slice(0, 2_000),
        payload: payloadOf(
          plan,
          play,
          types.map((type) => type.id),
          geography,
          today,
        ),
      });
    }
  };
  for (const play of plan.plays) {
    if (byMarket.length === 0) break;
    const Ids = plan.markets.map((market) => market.id);
    const where = plan.markets.map((market) => market.name).join(", ");
    add(play, where, byMarket, { Geography: { Filter: { FilterType: 132, Ids } } });
  }
  for (const play of byBox.length > 0 ? plan.plays : []) {
    for (const market of plan.markets) {
      const BoundingBox = boundingBoxOf(market.id);
      if (BoundingBox) add(play, market.name, byBox, { BoundingBox });
      else
        left.push(`${byBox.map((type) => type.name).join(", ")} in ${market.name} (no bounding box known)`);
    }
  }
  return { payloads, left: [...new Set(left)] };
}

function titleOf(play: PlayId, plan: SearchPlan): string {
  const own =
    play === "long-hold" && plan.minHoldYears !== null
      ? ` (${plan.minHoldYears}+ years)`
      : play === "low-leased" && plan.leasedBelow !== null
        ? ` (below ${plan.leasedBelow} %)`
        : "";
  return `${PLAYS[play].title}${own}${breadthWord(plan.breadth)}`;
}

function payloadOf(
  plan: SearchPlan,
  play: PlayId,
  types: number[],
  geography: Partial<CoStarPayload["0"]>,
  today: Date,
): CoStarPayload {
  const own: PlayFilter = PLAYS[play].filter(plan, today);
  const ownerTypes = ownersFor(plan, own.OwnerTypes);
  return {
    "0": {
      ...geography,
      Property: {
        PropertyTypes: types,
        ...(ownerTypes ? { OwnerTypes: ownerTypes } : {}),
        ...(own.LastSoldDate ? { LastSoldDate: own.LastSoldDate } : {}),
        Building: { ...sharedBuilding(plan), ...own.Building },
        ...(own.Loan ? { Loan: own.Loan } : {}),
      },
    },
    "1": PAGE_SIZE,
    "2": 1,
    "3": UNITS,
    "4": false,
    "5": [],
  };
}

function ownersFor(plan: SearchPlan, own: number[] | undefined): number[] | undefined {
  const allowed = plan.ownerTypes;
  if (!allowed) return own;
  const both = own?.filter((id) => allowed.includes(id));
  return both && both.length > 0 ? both : [...allowed];
}

function sharedBuilding(plan: SearchPlan): NonNullable<PlayFilter["Building"]> {
  const sf = (Value: number) => ({ Value, Code: "[sft_i]" as const });
  const { minSf, maxSf, builtAfter, builtBefore } = plan;
  const area = {
    ...(minSf === null ? {} : { Minimum: sf(minSf) }),
    ...(maxSf === null ? {} : { Maximum: sf(maxSf) }),
  };
  const built = {
    ...(builtAfter === null ? {} : { Minimum: { Month: 1, Year: String(builtAfter) } }),
    ...(builtBefore === null ? {} : { Maximum: { Month: 12, Year: String(builtBefore) } }),
  };
  return {
    ConstructionStatuses: [1],
    ...(Object.keys(area).length > 0 ? { BuildingArea: area } : {}),
    ...(Object.keys(built).length > 0 ? { BuiltEventDate: built } : {}),
    ...(plan.classes.length > 0 ? { BuildingClasses: [...plan.classes] } : {}),
    ...(plan.tenancy.length > 0 ? { Tenancy: [...plan.tenancy] } : {}),
  };
}
