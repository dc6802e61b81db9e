import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import {
  cursorOf,
  finishPage,
  type KeyColumn,
  type Page,
  quote,
  startPage,
  startShape,
} from "@/lib/server/page-by-key";

export const exclusionViewSchema = z.object({
  q: z.string().trim().max(120).catch(""),
  ...startShape,
});
export type Exclusion = Tables<"email_exclusions">;
export type ExclusionView = z.infer<typeof exclusionViewSchema>;

const PAGE = 50;
const NEWEST: readonly KeyColumn[] = [
  { name: "created_at", ascending: false },
  { name: "id", ascending: false },
];

/** Addresses and domains never mailed again, newest first. */
export async function listExclusions(
  db: Db,
  view: ExclusionView,
): Promise<Page<Exclusion> & { total: number }> {
  const counted = await db.from("email_exclusions").select("id", { count: "exact", head: true });
  ensure(counted);
  let query = db.from("email_exclusions").select("*");
  if (view.q) {
    const pattern = quote(`%${view.q.replaceAll(/[\\%_]/g, "\\$&")}%`);
    query = query.or(`value.ilike.${pattern},reason.ilike.${pattern},created_by.ilike.${pattern}`);
  }
  const rows = unwrap(await startPage(query, NEWEST, view).limit(PAGE + 1));
  const page = finishPage(rows, PAGE, view, (row) => cursorOf([row.created_at, row.id]));
  return { ...page, total: counted.count ?? 0 };
}

/** Excludes an address or domain by hand, and stops what is scheduled to it. */
export async function excludeByHand(
  db: Db,
  kind: "address" | "domain",
  value: string,
  reason: string,
): Promise<Exclusion> {
  return unwrap(await db.rpc("exclude_address", { p_kind: kind, p_value: value, p_reason: reason }));
}

/** Lifts an exclusion; false when it was lifted before. @throws {DatabaseError} forbidden unless an admin asks. */
export async function liftExclusion(db: Db, id: string, reason: string): Promise<boolean> {
  return unwrap(await db.rpc("lift_exclusion", { p_id: id, p_reason: reason }));
}
