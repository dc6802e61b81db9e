import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister } from "./behind-row";
import { cutRows, ROWS_PER_PAGE } from "./cut-rows";

/** What takes places under a rolling limit now: mails handed over, and mails sent by hand with their recipients. */
export const listUsed: RowLister = async (db, _span, query) => {
  const rows = db
    .rpc("metric_used", {
      p_hours: query.hours ?? 24,
      ...(query.mailbox === undefined ? {} : { p_mailbox: query.mailbox }),
    })
    .select();
  const order = ["at", "id"].map((name) => ({ name, ascending: false }));
  const found = unwrap(await startPage(rows, order, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.title || "No subject",
      href: row.contact_id ? `/contacts/${row.contact_id}` : null,
      detail: [
        `to ${row.to_words || "nobody named"}`,
        `from ${row.from_address}`,
        ...(row.by_hand
          ? [`sent by hand, takes ${row.places} ${row.places === 1 ? "place" : "places"}`]
          : []),
      ].join(" · "),
      at: row.at,
      cursor: cursorOf([row.at, row.id]),
    })),
    query,
  );
};
