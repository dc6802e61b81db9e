import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import type { KnownLookup, LookupUse } from "./diff-lookups";
import { LOOKUP_KINDS, type LookupRow } from "./read-lookup-file";

const PAGE = 1_000;

export interface LookupSet {
  readonly items: readonly KnownLookup[];
  /** Stands for the set as it is now; a change is made to this one or to none */
  readonly hash: string;
  readonly uses: readonly LookupUse[];
}

/** Every lookup, retired ones too, with the open searches that need it. */
export async function loadLookupSet(db: Db): Promise<LookupSet> {
  const [items, hash, uses] = await Promise.all([
    readItems(db),
    db.rpc("lookups_hash").then(unwrap),
    db.rpc("lookups_in_use").then(unwrap),
  ]);
  const byKey = new Map<string, { kind: string; id: number; searches: { id: string; name: string }[] }>();
  for (const { kind, id, search_id, search_name } of uses) {
    const use = byKey.get(`${kind} ${id}`) ?? { kind, id, searches: [] };
    use.searches.push({ id: search_id, name: search_name });
    byKey.set(`${kind} ${id}`, use);
  }
  return { items, hash, uses: [...byKey.values()] };
}

async function readItems(db: Db): Promise<KnownLookup[]> {
  for (const items: KnownLookup[] = []; ; ) {
    const page = unwrap(
      await db
        .from("costar_lookups")
        .select("kind, id, name, market_filter, retired_at")
        .order("kind")
        .order("name")
        .order("id")
        .range(items.length, items.length + PAGE - 1),
    );
    for (const row of page)
      items.push({
        kind: z.enum(LOOKUP_KINDS).parse(row.kind),
        id: row.id,
        name: row.name,
        marketFilter: row.market_filter,
        retired: row.retired_at !== null,
      });
    if (page.length < PAGE) return items;
  }
}

const appliedSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("changed") }),
  z.object({
    outcome: z.literal("applied"),
    added: z.number(),
    broughtBack: z.number(),
    renamed: z.number(),
    changed: z.number(),
    retired: z.number(),
  }),
]);
export type AppliedLookups = z.infer<typeof appliedSchema>;

/**
 * Applies a previewed file of lookups, whole or not at all. `changed`: somebody was faster, and the preview is no longer true.
 * @param hash of the set the preview was made from. @throws {DatabaseError} refused, for a name that belongs to another id.
 */
export async function applyLookups(
  db: Db,
  rows: readonly LookupRow[],
  options: { readonly retireMissing: boolean; readonly hash: string; readonly fileName: string },
): Promise<AppliedLookups> {
  return appliedSchema.parse(
    unwrap(
      await db.rpc("apply_lookups", {
        p_rows: rows as unknown as Json,
        p_retire_missing: options.retireMissing,
        p_expected: options.hash,
        p_why: `from ${options.fileName}`,
      }),
    ),
  );
}
