import type { z } from "zod";
import { type BuyerCriteria, buyerCriteriaSchema } from "./criteria";
import { findLookup, type Lookup, type Lookups } from "./lookups";

export interface FieldProblem {
  /** Dotted path into the criteria, "criteria.markets.1" */
  readonly path: string;
  readonly message: string;
}

export type CheckedCriteria =
  | { readonly ok: true; readonly criteria: BuyerCriteria }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Checks criteria from any door: shape first, then every market and property type against the lookups. Names become
 * ids, so that what is stored means one thing.
 */
export function checkCriteria(input: unknown, lookups: Lookups): CheckedCriteria {
  const parsed = buyerCriteriaSchema.safeParse(input);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(toProblem) };
  const problems: FieldProblem[] = [];
  const { criteria } = parsed.data;
  const resolve = (field: "markets" | "propertyTypes", known: readonly Lookup[], what: string): number[] =>
    criteria[field].flatMap((wanted, index) => {
      const found = findLookup(known, wanted);
      if (found) return [found.id];
      problems.push({ path: `criteria.${field}.${index}`, message: unknownMessage(what, wanted, known) });
      return [];
    });
  const markets = resolve("markets", lookups.markets, "market");
  const propertyTypes = resolve("propertyTypes", lookups.propertyTypes, "property type");
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    criteria: {
      ...parsed.data,
      criteria: { ...criteria, markets: [...new Set(markets)], propertyTypes: [...new Set(propertyTypes)] },
    },
  };
}

function toProblem(issue: z.core.$ZodIssue): FieldProblem {
  return { path: issue.path.join(".") || "(file)", message: issue.message };
}

function unknownMessage(what: string, wanted: string | number, known: readonly Lookup[]): string {
  const start = String(wanted).toLowerCase().slice(0, 3);
  const near = known.filter((item) => item.name.toLowerCase().startsWith(start)).map((item) => item.name);
  const hint =
    near.length > 0 ? ` Did you mean ${near.slice(0, 3).join(" or ")}?` : " Import it in Settings first.";
  return `There is no ${what} "${wanted}".${hint}`;
}
