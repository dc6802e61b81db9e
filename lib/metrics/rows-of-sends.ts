import "server-only";
import { unwrap, unwrapMaybe } from "@/lib/db/errors";
import { cursorOf, startPage } from "@/lib/db/page-by-key";
import { cutRows, hourOf, ROWS_PER_PAGE } from "./cut-rows";
import type { RowLister } from "./list-rows";

const NEWEST = ["sent_at", "id"].map((name) => ({ name, ascending: false }));

/** Mails that left, or of these the ones that bounced or drew a complaint. */
export const listSends: RowLister = async (db, span, query) => {
  let rows = db
    .from("sends")
    .select(
      "id, contact_id, sent_at, to_email, subject, campaign_id, mailboxes(address), enrollments(market)",
    )
    .eq("status", "sent")
    .gte("sent_at", hourOf(span.since))
    .lt("sent_at", span.until);
  if (query.of === "bounced") rows = rows.not("bounced_at", "is", null);
  if (query.of === "complained") rows = rows.not("complained_at", "is", null);
  if (query.mailbox !== undefined) rows = rows.eq("mailbox_id", query.mailbox);
  if (query.domain !== undefined) rows = rows.ilike("to_email", `%@${query.domain.replaceAll("_", "\\_")}`);
  if (span.search !== undefined) {
    const campaign = unwrapMaybe(
      await db.from("campaigns").select("id").eq("search_id", span.search).maybeSingle(),
    );
    rows = rows.eq("campaign_id", campaign?.id ?? span.search);
  }
  if (span.market !== undefined)
    rows = rows.eq("enrollments.market", span.market).not("enrollments", "is", null);
  const found = unwrap(await startPage(rows, NEWEST, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.subject,
      href: `/contacts/${row.contact_id}`,
      detail: `to ${row.to_email} from ${row.mailboxes.address}`,
      at: row.sent_at ?? "",
      cursor: cursorOf([row.sent_at ?? "", row.id]),
    })),
    query,
  );
};
