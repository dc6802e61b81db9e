import type { Db } from "@/lib/db/client-options";
import { unwrap } from "@/lib/db/errors";

export interface Lookup {
  readonly id: number;
  readonly name: string;
  /** Whether CoStar accepts this property type together with a market filter */
  readonly marketFilter: boolean;
}

/** What CoStar calls things, as far as this desk has imported it. */
export interface Lookups {
  readonly markets: readonly Lookup[];
  readonly propertyTypes: readonly Lookup[];
  readonly ownerTypes: readonly Lookup[];
}

/** Reads all lookups; the full list of markets is about 520 rows, so one page holds each kind. */
export async function loadLookups(db: Db): Promise<Lookups> {
  const rows = unwrap(await db.from("costar_lookups").select("kind, id, name, market_filter").order("name"));
  const of = (kind: string): Lookup[] =>
    rows
      .filter((row) => row.kind === kind)
      .map((row) => ({ id: row.id, name: row.name, marketFilter: row.market_filter }));
  return { markets: of("market"), propertyTypes: of("property_type"), ownerTypes: of("owner_type") };
}

/** Finds a lookup by id or by name, whatever its case; digits in a string count as an id. */
export function findLookup(list: readonly Lookup[], wanted: string | number): Lookup | undefined {
  const id = typeof wanted === "number" ? wanted : /^\d+$/.test(wanted) ? Number(wanted) : undefined;
  if (id !== undefined) return list.find((item) => item.id === id);
  const name = String(wanted).trim().toLowerCase();
  return list.find((item) => item.name.toLowerCase() === name);
}
