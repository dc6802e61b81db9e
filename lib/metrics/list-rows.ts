import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Page } from "@/lib/server/page-by-key";
import type { BehindRow, RowLister, RowSpan } from "./behind-row";
import { momentsOfView } from "./moments-of-view";
import { listFound, listReached } from "./rows-of-contacts";
import { listLearned } from "./rows-of-learnings";
import { listUsed } from "./rows-of-limits";
import { listJudged, listMails } from "./rows-of-mails";
import { listSends } from "./rows-of-sends";
import { listModeChanges, listTrust } from "./rows-of-trust";
import { listDecisions, listRuns } from "./rows-of-work";
import { REACHED, type RowsQuery } from "./rows-query";
import { type MetricsView, marketName } from "./view";

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
