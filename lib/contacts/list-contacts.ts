import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import {
  cursorOf,
  finishPage,
  fitStart,
  type KeyColumn,
  type Page,
  type PageStart,
  quote,
  startPage,
} from "@/lib/server/page-by-key";
import { CONTACT_FILTERS, type ContactFilterKey, toLikePattern } from "./contact-filters";
import { type ContactStatus, sayContactStatus } from "./contact-status";

export interface ContactWish {
  readonly filter: ContactFilterKey;
  /** Words in the name, the address or the company's name */
  readonly words: string | null;
  /** Only contacts this search found */
  readonly searchId: string | null;
}

export interface ContactRow {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly status: ContactStatus;
  /** ISO instant */
  readonly lastMailedAt: string | null;
}

const PAGE_SIZE = 50;
const BY_NAME: readonly KeyColumn[] = [
  { name: "full_name", ascending: true },
  { name: "id", ascending: true },
];
const placeOf = (row: ContactRow) => cursorOf([row.name, row.id]);

/** One page of contacts by name. */
export async function listContacts(db: Db, wish: ContactWish, asked: PageStart): Promise<Page<ContactRow>> {
  const found: ContactRow[] = [];
  const start = fitStart(asked, BY_NAME);
  let from = start;
  for (;;) {
    const rows = await readRows(db, wish, from);
    // The database says contact by contact who can be mailed; a page this thins out is filled up from the next.
    found.push(
      ...(wish.filter === "mailable" ? rows.filter(({ status }) => status.key === "mailable") : rows),
    );
    const last = rows.at(-1);
    if (found.length > PAGE_SIZE || rows.length <= PAGE_SIZE || !last) break;
    from = start.before === undefined ? { after: placeOf(last) } : { before: placeOf(last) };
  }
  return finishPage(found, PAGE_SIZE, start, placeOf);
}

async function readRows(db: Db, wish: ContactWish, from: PageStart): Promise<ContactRow[]> {
  const query = select(db, wish)
    .eq("sends.status", "sent")
    .order("sent_at", { referencedTable: "sends", ascending: false })
    .limit(1, { referencedTable: "sends" })
    .limit(PAGE_SIZE + 1);
  return unwrap(await startPage(query, BY_NAME, from)).map((row) => ({
    id: row.id,
    name: row.full_name,
    title: row.title,
    company: row.company?.name ?? null,
    email: row.email,
    phone: row.phones[0] ?? null,
    status: sayContactStatus(row.mail_status),
    lastMailedAt: row.sends[0]?.sent_at ?? null,
  }));
}

// The aliases that ask for an id only stand for a condition on what they embed: `is null` means it does not hold.
const COLUMNS =
  "id, full_name, title, email, phones, mail_status, company:companies(name), barred:companies(id), named:companies(id), found:search_contacts(search_id), sends(sent_at)" as const;

function select(db: Db, { filter, words, searchId }: ContactWish, count?: { count: "exact"; head: true }) {
  let query = db.from("contacts").select(COLUMNS, count).not("barred.do_not_contact_at", "is", null);
  if (searchId) query = query.eq("found.search_id", searchId).not("found", "is", null);
  if (words) {
    const pattern = toLikePattern(words);
    const quoted = quote(pattern);
    query = query
      .ilike("named.name", pattern)
      .or(`full_name.ilike.${quoted},email.ilike.${quoted},named.not.is.null`);
  }
  switch (filter) {
    case "mailable":
      // Only narrows what is asked: `mail_status` for every contact there is would take seconds.
      return query
        .not("email", "is", null)
        .is("do_not_contact_at", null)
        .is("bounced_at", null)
        .is("barred", null);
    case "do-not-contact":
      return query.or("do_not_contact_at.not.is.null,barred.not.is.null");
    case "bounced":
      return query.not("bounced_at", "is", null);
    case "no-email":
      return query.is("email", null);
    case "all":
      return query;
  }
}

/** How many contacts each filter holds; not for "can be mailed", which is asked contact by contact. */
export async function countContacts(
  db: Db,
  wish: Omit<ContactWish, "filter">,
): Promise<Partial<Record<ContactFilterKey, number>>> {
  const counts = await Promise.all(
    CONTACT_FILTERS.filter(({ key }) => key !== "mailable").map(async ({ key }) => {
      const answer = await select(db, { ...wish, filter: key }, { count: "exact", head: true });
      ensure(answer);
      return [key, answer.count ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}
