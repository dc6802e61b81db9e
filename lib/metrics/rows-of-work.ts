import "server-only";
import { unwrap } from "@/lib/db/errors";
import { cursorOf, startPage } from "@/lib/db/page-by-key";
import { cutRows, ROWS_PER_PAGE } from "./cut-rows";
import type { RowLister } from "./list-rows";

const newest = (...names: string[]) => names.map((name) => ({ name, ascending: false }));

/** Runs of agents that something was done with. */
export const listRuns: RowLister = async (db, span, query) => {
  let rows = db
    .from("agent_runs")
    .select("id, agent, agent_version, purpose, status, failure_kind, started_at")
    .eq("kind", "live")
    .gte("started_at", span.since)
    .lt("started_at", span.until);
  if (span.agent !== undefined) rows = rows.eq("agent", span.agent);
  if (span.search !== undefined) rows = rows.eq("search_id", span.search);
  if (query.version !== undefined) rows = rows.eq("agent_version", query.version);
  if (query.status !== undefined) rows = rows.eq("status", query.status);
  const found = unwrap(await startPage(rows, newest("started_at", "id"), query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.purpose,
      href: `/runs/agents/${row.id}`,
      detail: `${row.agent} ${row.agent_version} · ${row.status}${row.failure_kind ? `: ${row.failure_kind.replaceAll("_", " ")}` : ""}`,
      at: row.started_at,
      cursor: cursorOf([row.started_at, row.id]),
    })),
    query,
  );
};

/** Proposals that were decided, by people or in auto. */
export const listDecisions: RowLister = async (db, span, query) => {
  let rows = db
    .from("approval_queue")
    .select("id, title, checkpoint, revision, status, decided_by, decided_at")
    .gte("decided_at", span.since)
    .lt("decided_at", span.until);
  if (query.checkpoint !== undefined) rows = rows.eq("checkpoint", query.checkpoint);
  if (query.mode !== undefined) rows = rows.eq("mode", query.mode);
  if (query.status !== undefined) rows = rows.eq("status", query.status);
  if (span.search !== undefined) rows = rows.eq("search_id", span.search);
  const found = unwrap(await startPage(rows, newest("decided_at", "id"), query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.title,
      href: `/approvals/${row.id}`,
      detail: `${row.checkpoint}, revision ${row.revision} · ${row.status.replaceAll("_", " ")} by ${row.decided_by ?? "nobody"}`,
      at: row.decided_at ?? "",
      cursor: cursorOf([row.decided_at ?? "", row.id]),
    })),
    query,
  );
};
