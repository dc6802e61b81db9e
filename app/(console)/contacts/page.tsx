import { ContactIcon, XIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ContactList } from "@/components/contacts/contact-list";
import { ContactSearch } from "@/components/contacts/contact-search";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import {
  CONTACT_FILTERS,
  type ContactFilterKey,
  contactViewSchema,
  readContactFilter,
  readContactWords,
} from "@/lib/contacts/contact-filters";
import { countContacts, listContacts } from "@/lib/contacts/list-contacts";
import { nameSearch } from "@/lib/contacts/name-search";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Contacts" };

/** Every owner's contact the desk knows, by name. */
export default async function ContactsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const query = await readQuery(searchParams, contactViewSchema);
  const filter = readContactFilter(query.show);
  const words = readContactWords(query.q);
  const search = await nameSearch(db, query.search);
  const wish = { words, searchId: search?.id ?? null };
  const [page, counts] = await Promise.all([
    listContacts(db, { ...wish, filter }, query),
    countContacts(db, wish),
  ]);
  const hrefOf = (show: ContactFilterKey, key: { after?: string; before?: string } = {}) =>
    writeHref({ q: words, search: search?.id ?? null, show: show === "all" ? null : show, ...key });
  return (
    <>
      <PageHeader
        title="Contacts"
        description="The people behind the owners found so far, and whether each can be mailed."
      />
      {search && (
        <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>
            Found by{" "}
            <Link href={`/searches/${search.id}`} className="font-semibold underline underline-offset-4">
              {search.name}
            </Link>
          </span>
          <Button asChild variant="outline" size="sm">
            <Link href={writeHref({ q: words, show: filter === "all" ? null : filter })}>
              <XIcon /> Show contacts of all searches
            </Link>
          </Button>
        </p>
      )}
      <ContactSearch words={words ?? ""} />
      <FilterTabs
        label="Filter contacts"
        tabs={CONTACT_FILTERS.map(({ key, label }) => ({
          label,
          href: hrefOf(key),
          active: key === filter,
          count: counts[key],
        }))}
      />
      {page.rows.length > 0 ? (
        <>
          <ListKeys />
          <ContactList items={page.rows} />
          <PaginationByKey
            label="Pages of contacts"
            previousHref={page.previous && hrefOf(filter, { before: page.previous })}
            nextHref={page.next && hrefOf(filter, { after: page.next })}
          >
            {describeCount(page.rows.length, counts[filter])}
          </PaginationByKey>
        </>
      ) : (
        <NoContacts words={words} isNarrowed={filter !== "all" || search !== null} />
      )}
    </>
  );
}

function describeCount(shown: number, all: number | undefined): string {
  return all === undefined ? `${shown} on this page` : `${shown} of ${all.toLocaleString("en-US")}`;
}

function NoContacts({ words, isNarrowed }: { words: string | null; isNarrowed: boolean }) {
  if (words || isNarrowed)
    return (
      <EmptyState
        icon={ContactIcon}
        title={words ? `No contact matches “${words}”` : "No contacts here"}
        action={
          <Button asChild variant="outline">
            <Link href="/contacts">Show all contacts</Link>
          </Button>
        }
      >
        {words
          ? "Part of a name, an e-mail address or a company's name is enough."
          : "Others stand under the other tabs."}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={ContactIcon}
      title="No contacts yet"
      action={
        <Button asChild>
          <Link href="/searches">Go to the searches</Link>
        </Button>
      }
    >
      Contacts come in with a search's extraction.
    </EmptyState>
  );
}

function writeHref(parts: Record<string, string | null>): string {
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  const query = new URLSearchParams(given).toString();
  return query ? `/contacts?${query}` : "/contacts";
}
