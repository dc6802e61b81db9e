import type { PlayId } from "./plays";
import type { Lookup, TypeLookup } from "./sourcing-input";

/** What is to be searched; words change it, and payloads are written from it. */
export interface SearchPlan {
  markets: readonly Lookup[];
  types: readonly TypeLookup[];
  minSf: number | null;
  maxSf: number | null;
  /** Years. */
  builtBefore: number | null;
  builtAfter: number | null;
  /** CoStar owner type ids that may own; null for all. */
  ownerTypes: readonly number[] | null;
  classes: readonly ("A" | "B" | "C" | "F")[];
  tenancy: readonly number[];
  plays: readonly PlayId[];
  /** Above 0: thresholds are loosened; below: tightened. */
  breadth: number;
  /** Overrides of a play's own threshold. */
  minHoldYears: number | null;
  leasedBelow: number | null;
}
