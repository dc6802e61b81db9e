import "server-only";
import type { Db } from "@/lib/db/client-options";
import { ensure, unwrap } from "@/lib/db/errors";
import { cursorOf, finishPage, type Page, quote, startPage } from "@/lib/db/page-by-key";
import { MACHINE_CATEGORIES, orderOf, type ReplyTab, type ReplyView } from "./reply-tabs";

const PAGE = 50;
const COLUMNS =
  "id, received_at, from_email, from_name, subject, visible_text, status, category, confidence, decided_by, facts, flags, priority, parse_problem, companies(name), contacts(full_name)" as const;

type ReplyRow = Awaited<ReturnType<typeof queryRows>>[number];
export type ListedReply = ReplyRow;

/** One page of the inbox, by key, 50 mails each. */
export async function listReplies(db: Db, view: ReplyView): Promise<Page<ListedReply>> {
  const rows = await queryRows(db, view, PAGE + 1);
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
): Promise<{ previousId: string | null; nextId: string | null }> {
  const place = placeOf(view.tab, row);
  const [previous, next] = await Promise.all([
    queryRows(db, { ...view, before: place, after: undefined }, 1),
    queryRows(db, { ...view, after: place, before: undefined }, 1),
  ]);
  return { previousId: previous[0]?.id ?? null, nextId: next[0]?.id ?? null };
}

/** How much waits in the tabs that are worked off. */
export async function countReplies(db: Db): Promise<{ forYou: number; unmatched: number }> {
  const count = () => db.from("synced_emails").select("id", { count: "exact", head: true });
  const [forYou, unmatched] = await Promise.all([
    count().eq("status", "needs_person"),
    count().is("contact_id", null).neq("status", "done"),
  ]);
  ensure(forYou);
  ensure(unmatched);
  return { forYou: forYou.count ?? 0, unmatched: unmatched.count ?? 0 };
}

async function queryRows(db: Db, view: ReplyView, limit: number) {
  let query = db.from("synced_emails").select(COLUMNS);
  if (view.tab === "for_you") query = query.eq("status", "needs_person");
  if (view.tab === "unmatched") query = query.is("contact_id", null).neq("status", "done");
  if (view.tab === "machine") query = query.in("category", MACHINE_CATEGORIES);
  if (view.tab === "done") query = query.eq("status", "done");
  if (view.q) query = query.or(await writeSearch(db, view.q));
  return unwrap(await startPage(query, orderOf(view.tab), view).limit(limit));
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
