import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, startPage } from "@/lib/server/page-by-key";
import type { RowLister } from "./behind-row";
import { cutRows, hourOf, ROWS_PER_PAGE } from "./cut-rows";
import { REACHED } from "./rows-query";

const newest = (...names: string[]) => names.map((name) => ({ name, ascending: false }));

/** Contacts of campaigns that came at least as far as a stage. */
export const listReached: RowLister = async (db, span, query) => {
  let rows = db
    .from("enrollments")
    .select(
      "id, contact_id, found_hour, market, contacts!inner(full_name, email), campaigns!inner(name, search_id)",
    )
    .gte("reached", REACHED[query.of] ?? 0)
    .gte("found_hour", hourOf(span.since))
    .lt("found_hour", span.until);
  if (span.search !== undefined) rows = rows.eq("campaigns.search_id", span.search);
  if (span.market !== undefined) rows = rows.eq("market", span.market);
  const found = unwrap(await startPage(rows, newest("found_hour", "id"), query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: row.id,
      title: row.contacts.full_name,
      href: `/contacts/${row.contact_id}`,
      detail: [row.contacts.email, row.campaigns.name, row.market].filter(Boolean).join(" · "),
      at: row.found_hour,
      cursor: cursorOf([row.found_hour, row.id]),
    })),
    query,
  );
};

/** Properties or contacts, as searches found them. */
export const listFound: RowLister = (db, span, query) =>
  query.of === "properties" ? listProperties(db, span, query) : listContacts(db, span, query);

const listProperties: RowLister = async (db, span, query) => {
  let rows = db
    .from("search_properties")
    .select("search_id, property_id, found_hour, market, properties(address, city, state), searches(name)")
    .gte("found_hour", hourOf(span.since))
    .lt("found_hour", span.until);
  if (span.search !== undefined) rows = rows.eq("search_id", span.search);
  if (span.market !== undefined) rows = rows.eq("market", span.market);
  const order = newest("found_hour", "search_id", "property_id");
  const found = unwrap(await startPage(rows, order, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: `${row.search_id}/${row.property_id}`,
      title: row.properties.address,
      href: `/searches/${row.search_id}`,
      detail: [row.properties.city, row.properties.state, row.searches.name, row.market]
        .filter(Boolean)
        .join(" · "),
      at: row.found_hour,
      cursor: cursorOf([row.found_hour, row.search_id, row.property_id]),
    })),
    query,
  );
};

const listContacts: RowLister = async (db, span, query) => {
  let rows = db
    .from("search_contacts")
    .select("search_id, contact_id, found_hour, market, contacts(full_name, email), searches(name)")
    .gte("found_hour", hourOf(span.since))
    .lt("found_hour", span.until);
  if (span.search !== undefined) rows = rows.eq("search_id", span.search);
  if (span.market !== undefined) rows = rows.eq("market", span.market);
  const order = newest("found_hour", "search_id", "contact_id");
  const found = unwrap(await startPage(rows, order, query).limit(ROWS_PER_PAGE + 1));
  return cutRows(
    found.map((row) => ({
      id: `${row.search_id}/${row.contact_id}`,
      title: row.contacts.full_name,
      href: `/contacts/${row.contact_id}`,
      detail: [row.contacts.email, row.searches.name, row.market].filter(Boolean).join(" · "),
      at: row.found_hour,
      cursor: cursorOf([row.found_hour, row.search_id, row.contact_id]),
    })),
    query,
  );
};
