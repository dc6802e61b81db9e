import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister } from "./behind-row";
import { aboutOf, cutRows, filtersOf, ROWS_PER_PAGE } from "./cut-rows";

const newest = (...names: string[]) => names.map((name) => ({ name, ascending: false }));

/** Runs of agents that something was done with, each with what it cost. */
export const listRuns: RowLister = async (db, span, query) => {
  let rows = db.rpc("metric_runs", { p_from: span.from, p_to: span.to, ...filtersOf(span) }).select();
  if (query.version !== undefined) rows = rows.eq("agent_version", query.version);
  if (query.model !== undefined) rows = rows.eq("model", query.model);
  if (query.status !== undefined) rows = rows.eq("status", query.status);
  if (query.first === "yes") rows = rows.is("first_pass", true);
  const found = unwrap(await startPage(rows, newest("started_at", "id"), query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.purpose,
      href: `/runs/agents/${row.id}`,
      detail: [
        `${row.agent} ${row.agent_version}, ${row.model}`,
        row.failure_kind ? `${row.status}: ${row.failure_kind.replaceAll("_", " ")}` : row.status,
        `$${((row.cost_microusd ?? 0) / 1e6).toFixed(4)}`,
        `${row.tokens} tokens`,
        ...(row.duration_ms === null ? [] : [`${(row.duration_ms / 1000).toFixed(1)} s`]),
      ].join(" · "),
      at: row.started_at,
      cursor: cursorOf([row.started_at, row.id]),
    })),
    query,
  );
};

/** Proposals that were decided, by people or in auto; or that wait now. */
export const listDecisions: RowLister = async (db, span, query) => {
  const waiting = query.of === "waiting";
  let rows = db
    .rpc("metric_decisions", { p_from: span.from, p_to: span.to, p_waiting: waiting, ...aboutOf(span) })
    .select();
  if (query.checkpoint !== undefined) rows = rows.eq("checkpoint", query.checkpoint);
  if (query.mode !== undefined) rows = rows.eq("mode", query.mode);
  if (query.status !== undefined) rows = rows.eq("status", query.status);
  const found = unwrap(await startPage(rows, newest("at", "id"), query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.title,
      href: `/approvals/${row.id}`,
      detail: waiting
        ? `${row.checkpoint}, revision ${row.revision} · waits for a decision`
        : `${row.checkpoint}, revision ${row.revision} · ${row.status.replaceAll("_", " ")} by ${row.decided_by ?? "nobody"}`,
      at: row.at,
      cursor: cursorOf([row.at, row.id]),
    })),
    query,
  );
};
