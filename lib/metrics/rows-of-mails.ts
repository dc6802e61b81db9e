import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister } from "./behind-row";
import { cutRows, ROWS_PER_PAGE } from "./cut-rows";

const newest = (...names: string[]) => names.map((name) => ({ name, ascending: false }));

/** Mails that came in, or of these the ones that were routed, or that a person answered. */
export const listMails: RowLister = async (db, span, query) => {
  let rows = db
    .from("reply_times")
    .select("email_id, received_at, category, synced_emails(subject, from_email)")
    .gte("received_at", span.since)
    .lt("received_at", span.until);
  if (query.of === "answered") rows = rows.not("answered_ms", "is", null);
  if (query.of === "routed") rows = rows.not("routed_ms", "is", null);
  if (query.by === "agent") rows = rows.not("agent_run_id", "is", null);
  if (query.category === "unread") rows = rows.is("category", null);
  else if (query.category !== undefined) rows = rows.eq("category", query.category);
  if (span.search !== undefined) rows = rows.eq("search_id", span.search);
  if (span.market !== undefined) rows = rows.eq("market", span.market);
  const order = newest("received_at", "email_id");
  const found = unwrap(await startPage(rows, order, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.email_id,
      title: row.synced_emails.subject || "No subject",
      href: `/replies/${row.email_id}`,
      detail: row.synced_emails.from_email ?? "Sender unknown",
      category: row.category,
      at: row.received_at,
      cursor: cursorOf([row.received_at, row.email_id]),
    })),
    query,
  );
};

/** Mails the classifier read and a person judged. */
export const listJudged: RowLister = async (db, span, query) => {
  let rows = db
    .from("judged_mails")
    .select("email_id, judged_at, judged_by, predicted, correct, confidence")
    .gte("judged_at", span.since)
    .lt("judged_at", span.until);
  if (query.predicted !== undefined) rows = rows.eq("predicted", query.predicted);
  if (query.correct !== undefined) rows = rows.eq("correct", query.correct);
  if (query.bin !== undefined) {
    rows = rows.gte("confidence", query.bin / 10);
    if (query.bin < 9) rows = rows.lt("confidence", (query.bin + 1) / 10);
  }
  if (span.search !== undefined) rows = rows.eq("search_id", span.search);
  if (span.market !== undefined) rows = rows.eq("market", span.market);
  const order = newest("judged_at", "email_id");
  const found = unwrap(await startPage(rows, order, query).limit(ROWS_PER_PAGE + 1));
  const ids = found.flatMap(({ email_id }) => (email_id === null ? [] : [email_id]));
  const mails = unwrap(await db.from("synced_emails").select("id, subject").in("id", ids));
  const subjects = new Map(mails.map(({ id, subject }) => [id, subject]));
  return cutRows(
    found.map((row) => {
      const id = row.email_id ?? "";
      const sure = row.confidence === null ? "" : `, ${Math.round(row.confidence * 100)}% sure`;
      const said = row.predicted?.replaceAll("_", " ") ?? "nothing";
      return {
        id,
        title: subjects.get(id) || "No subject",
        href: `/replies/${id}`,
        detail: `the classifier said ${said}${sure}; ${row.judged_by ?? "a person"} said ${row.correct?.replaceAll("_", " ") ?? "nothing"}`,
        category: row.correct,
        at: row.judged_at ?? "",
        cursor: cursorOf([row.judged_at ?? "", id]),
      };
    }),
    query,
  );
};
