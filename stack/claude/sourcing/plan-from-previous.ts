import type { ProposedPayload } from "@/lib/criteria/sourcing-answer";
import { boundingBoxOf } from "./bounding-box";
import { PLAY_IDS, PLAYS, type PlayId } from "./plays";
import type { SearchPlan } from "./search-plan";
import type { Lookups } from "./sourcing-input";

/** Plays that set a filter of their own where the plan has one too; the plan is not read from those. */
const OVERRIDES: Readonly<Record<"built" | "classes" | "owners", readonly PlayId[]>> = {
  built: ["older-buildings"],
  classes: ["older-buildings"],
  owners: ["fund-exit"],
};

/** Reads the plan behind an earlier answer, so that a revision keeps what earlier feedback changed. */
export function planFromPrevious(
  payloads: readonly ProposedPayload[],
  fallback: SearchPlan,
  lookups: Lookups,
): SearchPlan {
  const read = payloads.map(({ title, payload }) => ({
    play: PLAY_IDS.find((id) => title.startsWith(PLAYS[id].title)) ?? null,
    title,
    filter: payload["0"],
  }));
  if (read.length === 0) return fallback;
  const marketIds = new Set(read.flatMap(({ filter }) => filter.Geography?.Filter.Ids ?? []));
  const boxes = read.map(({ filter }) => JSON.stringify(filter.BoundingBox));
  const typeIds = new Set(read.flatMap(({ filter }) => filter.Property.PropertyTypes));
  const shared = (what: keyof typeof OVERRIDES) =>
    read.find(({ play }) => play === null || !OVERRIDES[what].includes(play))?.filter.Property;
  const area = read[0]?.filter.Property.Building?.BuildingArea;
  const built = shared("built")?.Building?.BuiltEventDate;
  const year = (date: { Year: string } | undefined) => (date ? Number(date.Year) : null);
  const plays = [...new Set(read.map(({ play }) => play))].filter((play) => play !== null);
  const title = read[0]?.title ?? "";
  const ownerTypes = shared("owners")?.OwnerTypes ?? null;
  const hold = read.find(({ play }) => play === "long-hold")?.title;
  const leased = read.find(({ play }) => play === "low-leased")?.title;
  return {
    markets: lookups.markets.filter(
      (market) => marketIds.has(market.id) || boxes.includes(JSON.stringify(boundingBoxOf(market.id))),
    ),
    types: lookups.propertyTypes.filter((type) => typeIds.has(type.id)),
    minSf: area?.Minimum?.Value ?? null,
    maxSf: area?.Maximum?.Value ?? null,
    builtBefore: year(built?.Maximum),
    builtAfter: year(built?.Minimum),
    ownerTypes,
    classes: shared("classes")?.Building?.BuildingClasses ?? fallback.classes,
    tenancy: read[0]?.filter.Property.Building?.Tenancy ?? [],
    plays: plays.length > 0 ? plays : fallback.plays,
    breadth: breadthIn(title),
    minHoldYears: numberIn(hold, /\((\d+)\+ years\)/),
    leasedBelow: numberIn(leased, /\(below (\d+) %\)/),
  };
}

/** What a title says about the plan beyond its filters: "(wider)", "(narrower)". */
export function breadthWord(breadth: number): string {
  return breadth > 0 ? " (wider)" : breadth < 0 ? " (narrower)" : "";
}

function breadthIn(title: string): number {
  return title.includes("(wider)") ? 1 : title.includes("(narrower)") ? -1 : 0;
}

function numberIn(title: string | undefined, pattern: RegExp): number | null {
  const found = pattern.exec(title ?? "")?.[1];
  return found === undefined ? null : Number(found);
}
