import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import type { LoadedSearch } from "./load-search";
import { buildTimeline, type TimelineEntry } from "./timeline";

/** What happened to a search, newest first: its last 200 audit rows, and its creation. */
export async function loadTimeline(db: Db, search: LoadedSearch): Promise<TimelineEntry[]> {
  const extractions = unwrap(
    await db
      .from("extractions")
      .select(
        "id, status, reason, started_at, finished_at, updated_at, properties_found, contacts_found, import_id",
      )
      .eq("search_id", search.id),
  );
  const checkpoints = new Map(search.approvals.map(({ id, checkpoint }) => [id, checkpoint]));
  const conditions = [
    about("searches", [search.id]),
    about("approval_queue", [...checkpoints.keys()]),
    about(
      "extractions",
      extractions.map(({ id }) => id),
    ),
    about(
      "imports",
      extractions.flatMap(({ import_id }) => (import_id ? [import_id] : [])),
    ),
    about("campaigns", search.campaign ? [search.campaign.id] : []),
  ].filter((condition) => condition !== null);
  const rows = unwrap(
    await db
      .from("audit_log")
      .select("id, at, actor, action, entity_id, after, why")
      .or(conditions.join(","))
      .order("id", { ascending: false })
      .limit(200),
  );
  return buildTimeline(
    rows.map(({ entity_id, ...row }) => ({ ...row, checkpoint: checkpoints.get(entity_id) })),
    extractions,
    { at: search.created_at, by: search.created_by, source: search.source },
  );
}

function about(entity: string, ids: readonly string[]): string | null {
  return ids.length > 0 ? `and(entity.eq.${entity},entity_id.in.(${ids.join(",")}))` : null;
}
