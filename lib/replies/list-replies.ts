import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { cursorOf, finishPage, type Page, quote, startPage } from "@/lib/server/page-by-key";
import { countUnread } from "./mark-reply";
import { MACHINE_CATEGORIES, orderOf, type ReplyTab, type ReplyView } from "./reply-tabs";

const PAGE = 50;
const COLUMNS =
  "id, received_at, from_email, from_name, subject, visible_text, status, category, confidence, decided_by, facts, flags, priority, parse_problem, snoozed_until, assigned_to, companies!synced_emails_company_id_fkey(name), contacts(full_name), operators!synced_emails_assigned_to_fkey(display_name), reply_reads(read_at)" as const;

type ReplyRow = Awaited<ReturnType<typeof queryRows>>[number];
export type ListedReply = ReplyRow;

/** One page of the inbox as this operator sees it, by key, 50 mails each. */
export async function listReplies(db: Db, view: ReplyView, operatorId: string): Promise<Page<ListedReply>> {
  const rows = await queryRows(db, view, operatorId, PAGE + 1);
  return finishPage(rows, PAGE, view, (row) => placeOf(view.tab, row));
}

/** A mail's place in a tab's order, as a cursor. */
export function placeOf(tab: ReplyTab, row: { priority: number; received_at: string; id: string }): string {
  return cursorOf(orderOf(tab).map(({ name }) => row[name as "priority" | "received_at" | "id"]));
}

/** The mails before and after this one in its tab, for going through them one by one. */
export async function findNeighbours(
  db: Db,
  view: Pick<ReplyView, "tab" | "q">,
  row: { priority: number; received_at: string; id: string },
  operatorId: string,
): Promise<{ previousId: string | null; nextId: string | null }> {
  const place = placeOf(view.tab, row);
  const [previous, next] = await Promise.all([
    queryRows(db, { ...view, before: place, after: undefined }, operatorId, 1),
    queryRows(db, { ...view, after: place, before: undefined }, operatorId, 1),
  ]);
  return { previousId: previous[0]?.id ?? null, nextId: next[0]?.id ?? null };
}

/** How much waits in the tabs that are worked off, and how much of it this operator has not opened. */
export async function countReplies(db: Db, operatorId: string) {
  const count = () => db.from("synced_emails").select("id", { count: "exact", head: true });
  const [forYou, mine, snoozed, unmatched, other, unread] = await Promise.all([
    count().eq("status", "needs_person").or(notSnoozed()),
    count().eq("status", "needs_person").eq("assigned_to", operatorId).or(notSnoozed()),
    count().eq("status", "needs_person").gt("snoozed_until", new Date().toISOString()),
    count().is("contact_id", null).neq("status", "done"),
    count().eq("category", "other").neq("status", "done"),
    countUnread(db),
  ]);
  for (const answer of [forYou, mine, snoozed, unmatched, other]) ensure(answer);
  return {
    for_you: forYou.count ?? 0,
    mine: mine.count ?? 0,
    snoozed: snoozed.count ?? 0,
    unmatched: unmatched.count ?? 0,
    other: other.count ?? 0,
    unread,
  };
}

async function queryRows(db: Db, view: ReplyView, operatorId: string, limit: number) {
  let query = db.from("synced_emails").select(COLUMNS);
  if (view.tab === "for_you") query = query.eq("status", "needs_person").or(notSnoozed());
  if (view.tab === "mine")
    query = query.eq("status", "needs_person").eq("assigned_to", operatorId).or(notSnoozed());
  if (view.tab === "snoozed")
    query = query.eq("status", "needs_person").gt("snoozed_until", new Date().toISOString());
  if (view.tab === "other") query = query.eq("category", "other").neq("status", "done");
  if (view.tab === "unmatched") query = query.is("contact_id", null).neq("status", "done");
  if (view.tab === "machine") query = query.in("category", MACHINE_CATEGORIES);
  if (view.tab === "done") query = query.eq("status", "done");
  if (view.q) query = query.or(await writeSearch(db, view.q));
  return unwrap(await startPage(query, orderOf(view.tab), view).limit(limit));
}

/** What was put off comes back by itself when its time has come. */
export function notSnoozed(now = new Date()): string {
  return `snoozed_until.is.null,snoozed_until.lte.${now.toISOString()}`;
}

/** The words anywhere in sender, subject or text, or in the name of the sender's company. */
async function writeSearch(db: Db, words: string): Promise<string> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const companies = unwrap(await db.from("companies").select("id").ilike("name", pattern).limit(100));
  const columns = ["from_email", "from_name", "subject", "visible_text"];
  const filters = columns.map((column) => `${column}.ilike.${quote(pattern)}`);
  if (companies.length > 0) filters.push(`company_id.in.(${companies.map(({ id }) => id).join(",")})`);
  return filters.join(",");
}
