import type { BuyerCriteria } from "@/lib/criteria/criteria";
import type { ProposedPayload } from "@/lib/criteria/sourcing-answer";

export interface Lookup {
  id: number;
  name: string;
}

export interface TypeLookup extends Lookup {
  marketFilter: boolean;
}

export interface Lookups {
  markets: Lookup[];
  propertyTypes: TypeLookup[];
  ownerTypes: Lookup[];
}

/** What sourcing-agent is given. */
export interface SourcingInput {
  criteria: BuyerCriteria;
  lookups: Lookups;
  /** YYYY-MM-DD. */
  today: string;
  previous?: { strategy: string; payloads: ProposedPayload[] };
  feedback?: string;
  /** What was wrong with the answer before. */
  errors?: string[];
}

/** Null when the input is not a sourcing-agent's. The caller's own schema vouches for the details. */
export function readSourcingInput(value: Record<string, unknown>): SourcingInput | null {
  const input = value as Partial<SourcingInput>;
  const wanted = input.criteria?.criteria;
  const lookups = input.lookups;
  const usable =
    Array.isArray(wanted?.propertyTypes) &&
    Array.isArray(wanted.markets) &&
    Array.isArray(lookups?.markets) &&
    Array.isArray(lookups.propertyTypes) &&
    /^\d{4}-\d{2}-\d{2}/.test(input.today ?? "");
  return usable ? (input as SourcingInput) : null;
}
