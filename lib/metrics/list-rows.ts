import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, type Page, startPage } from "@/lib/server/page-by-key";
import type { BehindRow, RowLister, RowSpan } from "./behind-row";
import { cutRows, filtersOf, ROWS_PER_PAGE } from "./cut-rows";
import { momentsOfView } from "./moments-of-view";
import { listFound, listReached } from "./rows-of-contacts";
import { listUsed } from "./rows-of-limits";
import { listJudged, listMails } from "./rows-of-mails";
import { listSends } from "./rows-of-sends";
import { listModeChanges, listTrust } from "./rows-of-trust";
import { listDecisions, listRuns } from "./rows-of-work";
import { REACHED, type RowsQuery } from "./rows-query";
import { type MetricsView, marketName } from "./view";

/** Words people said: those in use now, or said or measured in a time. Those that became others are left out. */
const listLearned: RowLister = async (db, span, query) => {
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

/** One page of the rows behind a number, newest first. */
export async function listRows(db: Db, view: MetricsView, query: RowsQuery): Promise<Page<BehindRow>> {
  const { from, to, search, agent } = view;
  const market = view.market === undefined ? undefined : marketName(view.market);
  const span: RowSpan = { from, to, search, agent, market, ...(await momentsOfView(db, view)) };
  return listerOf(query)(db, span, query);
}

function listerOf({ of }: RowsQuery): RowLister {
  if (REACHED[of] !== undefined) return listReached;
  if (of === "properties" || of === "contacts") return listFound;
  if (of === "mails-sent" || of === "bounced" || of === "complained") return listSends;
  if (of === "mails" || of === "routed" || of === "answered") return listMails;
  if (of === "judged") return listJudged;
  if (of === "trust") return listTrust;
  if (of === "mode-changes") return listModeChanges;
  if (of === "learnings") return listLearned;
  if (of === "used") return listUsed;
  return of === "runs" ? listRuns : listDecisions;
}
