import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister } from "./behind-row";
import { cutRows, filtersOf, ROWS_PER_PAGE } from "./cut-rows";
import { checkpointsOf } from "./mode-history";

const ID = { name: "id", ascending: false, holds: "bigint" } as const;
const NEWEST = [{ name: "at", ascending: false }, ID];

/** What people judged: decisions, verdicts afterwards, and categories confirmed or corrected. */
export const listTrust: RowLister = async (db, span, query) => {
  let rows = db.rpc("metric_judged", { p_from: span.from, p_to: span.to, ...filtersOf(span) }).select();
  if (query.checkpoint !== undefined) rows = rows.eq("checkpoint", query.checkpoint);
  if (query.outcome !== undefined) rows = rows.eq("outcome", query.outcome);
  const found = unwrap(await startPage(rows, NEWEST, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: String(row.id),
      title: row.title ?? "No subject",
      href: row.approval_id ? `/approvals/${row.approval_id}` : `/replies/${row.email_id}?tab=all`,
      detail: `${row.checkpoint} · ${row.outcome.replaceAll("_", " ")} by ${row.judged_by}`,
      at: row.at,
      cursor: cursorOf([row.at, row.id]),
    })),
    query,
  );
};

/** Changes of the checkpoints' modes and limits. */
export const listModeChanges: RowLister = async (db, span, query) => {
  let rows = db
    .from("mode_changes")
    .select("id, at, checkpoint, from_mode, to_mode, actor, reason")
    .in("checkpoint", checkpointsOf(span.agent))
    .gte("at", span.since)
    .lt("at", span.until);
  if (query.checkpoint !== undefined) rows = rows.eq("checkpoint", query.checkpoint);
  const found = unwrap(await startPage(rows, [ID], query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: String(row.id),
      title: `${row.checkpoint}: ${row.from_mode === row.to_mode ? `limits of ${row.to_mode}` : `${row.from_mode} to ${row.to_mode}`}`,
      href: `/settings/checkpoints/${row.checkpoint}`,
      detail: [`by ${row.actor}`, row.reason].filter(Boolean).join(" · "),
      at: row.at,
      cursor: cursorOf([row.id]),
    })),
    query,
  );
};
