import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";

export interface Lookup {
  readonly id: number;
  readonly name: string;
  /** Whether CoStar accepts this property type together with a market filter */
  readonly marketFilter: boolean;
  /** No longer in CoStar's list: it still says what an old search named, and may not be used any more */
  readonly retired?: boolean;
}

/** What CoStar calls things, as far as this desk has imported it. */
export interface Lookups {
  readonly markets: readonly Lookup[];
  readonly propertyTypes: readonly Lookup[];
  readonly ownerTypes: readonly Lookup[];
}

/** Rows of one answer; the API gives no more at a time. */
const PAGE = 1_000;

/**
 * Reads all lookups that may be used, by name. @param withRetired also those that may not any more, for saying what an old
 * search named.
 */
export async function loadLookups(db: Db, { withRetired = false } = {}): Promise<Lookups> {
  const rows = await readRows(db, withRetired);
  const of = (kind: string): Lookup[] =>
    rows
      .filter((row) => row.kind === kind)
      .map((row) => ({
        id: row.id,
        name: row.name,
        marketFilter: row.market_filter,
        ...(row.retired_at === null ? {} : { retired: true }),
      }));
  return { markets: of("market"), propertyTypes: of("property_type"), ownerTypes: of("owner_type") };
}

type Row = Pick<Tables<"costar_lookups">, "kind" | "id" | "name" | "market_filter" | "retired_at">;

async function readRows(db: Db, withRetired: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    let query = db.from("costar_lookups").select("kind, id, name, market_filter, retired_at");
    if (!withRetired) query = query.is("retired_at", null);
    const found = await query
      .order("name")
      .order("kind")
      .order("id")
      .range(rows.length, rows.length + PAGE - 1);
    const page: Row[] = unwrap(found);
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}

/** Finds a lookup by id or by name, whatever its case; digits in a string count as an id. */
export function findLookup(list: readonly Lookup[], wanted: string | number): Lookup | undefined {
  const id = typeof wanted === "number" ? wanted : /^\d+$/.test(wanted) ? Number(wanted) : undefined;
  if (id !== undefined) return list.find((item) => item.id === id);
  const name = String(wanted).trim().toLowerCase();
  return list.find((item) => item.name.toLowerCase() === name);
}

/** A lookup as a person reads it; one that may not be used any more says so. */
export function sayLookup({ name, retired }: Lookup): string {
  return retired ? `${name} (retired)` : name;
}
