import type { Lines, PlayId } from "./plays";
import type { Lookup, TypeLookup } from "./sourcing-input";

/** What is to be searched; words change it, and payloads are written from it. */
export interface SearchPlan extends Lines {
  markets: readonly Lookup[];
  types: readonly TypeLookup[];
  minSf: number | null;
  maxSf: number | null;
  /** A year. */
  builtAfter: number | null;
  /** CoStar owner type ids that may own; null for all. */
  ownerTypes: readonly number[] | null;
  tenancy: readonly number[];
  plays: readonly PlayId[];
}
