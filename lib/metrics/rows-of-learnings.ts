import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister } from "./behind-row";
import { cutRows, filtersOf, ROWS_PER_PAGE } from "./cut-rows";

/** Words people said: those in use now, or said or measured in a time. Those that became others are left out. */
export const listLearned: RowLister = async (db, span, query) => {
  const state = query.state ?? "in_use";
  let rows = db.rpc("metric_learnings", filtersOf(span)).select();
  if (state === "in_use") rows = rows.eq("status", "active");
  else if (state === "said") rows = rows.gte("created_at", span.since).lt("created_at", span.until);
  else rows = rows.gte("measured_at", span.since).lt("measured_at", span.until).not("effect_bps", "is", null);
  if (state === "better") rows = rows.gt("effect_bps", 0);
  if (state === "worse") rows = rows.lt("effect_bps", 0);
  const order = ["created_at", "id"].map((name) => ({ name, ascending: false }));
  const found = unwrap(await startPage(rows, order, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.words,
      href: `/settings/learnings/${row.id}`,
      detail: [row.agent, row.adjustment, row.outcome, `said by ${row.author}`].filter(Boolean).join(" · "),
      at: row.created_at,
      cursor: cursorOf([row.created_at, row.id]),
    })),
    query,
  );
};
