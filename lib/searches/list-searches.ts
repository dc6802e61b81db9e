import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import {
  cursorOf,
  finishPage,
  fitStart,
  type KeyColumn,
  type Page,
  type PageStart,
  startPage,
} from "@/lib/server/page-by-key";
import { findWaiting, SEARCH_GROUPS, type SearchGroup, type SearchGroupKey } from "./status-groups";

export interface SearchRow {
  readonly id: string;
  readonly name: string;
  readonly buyerName: string;
  readonly status: string;
  readonly statusReason: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  /** Since when it is as it is: asked for approval, or last moved (ISO) */
  readonly since: string;
  readonly properties: number;
  readonly contacts: number;
  /** The approval it waits for, if any */
  readonly waitsFor: { readonly id: string; readonly checkpoint: string } | null;
}

const PAGE_SIZE = 25;
const NEWEST_FIRST: readonly KeyColumn[] = [
  { name: "created_at", ascending: false },
  { name: "id", ascending: false },
];

/** One page of searches, newest first, of one group of statuses. */
export async function listSearches(db: Db, group: SearchGroup, from: PageStart): Promise<Page<SearchRow>> {
  const start = fitStart(from, NEWEST_FIRST);
  let query = db
    .from("searches")
    .select(
      "id, name, buyer_name, status, status_reason, created_at, created_by, updated_at, extractions(properties_found, contacts_found), approval_queue!approval_queue_search_id_fkey(id, checkpoint, status, requested_at)",
    )
    .in("approval_queue.status", ["pending", "expired"])
    .limit(PAGE_SIZE + 1);
  if (group.statuses.length > 0) query = query.in("status", [...group.statuses]);
  const rows = unwrap(await startPage(query, NEWEST_FIRST, start)).map((row): SearchRow => {
    const waiting = findWaiting(row.status, row.approval_queue);
    return {
      id: row.id,
      name: row.name,
      buyerName: row.buyer_name,
      status: row.status,
      statusReason: row.status_reason,
      createdAt: row.created_at,
      createdBy: row.created_by,
      since: waiting?.requested_at ?? row.updated_at,
      // Each find is counted once per search, in the extraction that made it.
      properties: row.extractions.reduce((sum, extraction) => sum + extraction.properties_found, 0),
      contacts: row.extractions.reduce((sum, extraction) => sum + extraction.contacts_found, 0),
      waitsFor: waiting ? { id: waiting.id, checkpoint: waiting.checkpoint } : null,
    };
  });
  return finishPage(rows, PAGE_SIZE, start, (row) => cursorOf([row.createdAt, row.id]));
}

/** How many searches each group holds. */
export async function countSearches(db: Db): Promise<Record<SearchGroupKey, number>> {
  const counts = await Promise.all(
    SEARCH_GROUPS.map(async ({ key, statuses }) => {
      const all = db.from("searches").select("id", { count: "exact", head: true });
      const answer = await (statuses.length > 0 ? all.in("status", [...statuses]) : all);
      ensure(answer);
      return [key, answer.count ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<SearchGroupKey, number>;
}
