import "server-only";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister, RowSpan } from "./behind-row";
import { cutRows, endOfHours, hourOf, ROWS_PER_PAGE } from "./cut-rows";
import type { RowsQuery } from "./rows-query";

const NEWEST = ["sent_at", "id"].map((name) => ({ name, ascending: false }));

/** Mails that left, or of these the ones that bounced or drew a complaint. */
export const listSends: RowLister = async (db, span, query) => {
  const [since, until] = momentsOf(span, query);
  let rows = db
    .from("sends")
    .select(
      "id, contact_id, sent_at, to_email, subject, campaign_id, mailboxes(address), enrollments(market)",
    )
    .eq("status", "sent")
    .gte("sent_at", since)
    .lt("sent_at", until);
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
  // A mail of no campaign has no market either: it is among those that have none.
  if (span.market === "") rows = rows.neq("enrollments.market", "").is("enrollments", null);
  else if (span.market !== undefined)
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

/** From when until when mails left: whole hours of the span, one hour, or whole months of UTC, as the number was counted. */
function momentsOf(span: RowSpan, { hour, months }: RowsQuery): readonly [string, string] {
  if (hour !== undefined) return [hour, new Date(Date.parse(hour) + 3_600_000).toISOString()];
  if (months === undefined) return [hourOf(span.since), endOfHours(span.until)];
  const [first = "", last = ""] = months.split("..");
  const [year = 0, month = 0] = last.split("-").map(Number);
  return [`${first}-01T00:00:00Z`, new Date(Date.UTC(year, month, 1)).toISOString()];
}
