import { InboxIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FilterTabs } from "@/components/page/filter-tabs";
import { ListKeys } from "@/components/page/list-keys";
import { PageHeader } from "@/components/page/page-header";
import { SearchBox } from "@/components/page/search-box";
import { EMPTY_WORDS, TAB_WORDS } from "@/components/replies/inbox-words";
import { ReplyList } from "@/components/replies/reply-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { requireOperator } from "@/lib/auth/operator";
import { countReplies, listReplies } from "@/lib/replies/list-replies";
import { REPLY_TABS, replyViewHref, replyViewSchema } from "@/lib/replies/reply-tabs";

export const metadata: Metadata = { title: "Replies" };

export default async function RepliesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { db } = await requireOperator();
  const view = replyViewSchema.parse(await searchParams);
  const { tab, q } = view;
  const [page, counts] = await Promise.all([listReplies(db, view), countReplies(db)]);
  const empty = EMPTY_WORDS[tab];
  const countOf = { for_you: counts.forYou, unmatched: counts.unmatched } as Partial<
    Record<typeof tab, number>
  >;
  return (
    <>
      <PageHeader
        title="Replies"
        description="Every mail that came back. What a rule or the agent could settle is settled; the rest waits for you, the warmest first."
      />
      <FilterTabs
        label="Filter replies"
        tabs={REPLY_TABS.map((name) => ({
          label: TAB_WORDS[name],
          href: replyViewHref("/replies", { tab: name, q }),
          active: name === tab,
          count: countOf[name] ?? null,
        }))}
      />
      <SearchBox
        action="/replies"
        label="Sender, company, subject or words"
        value={q}
        keep={{ tab: tab === "for_you" ? undefined : tab }}
      />
      {page.rows.length > 0 ? (
        <>
          <ListKeys />
          <ReplyList replies={page.rows} hrefOf={(id) => replyViewHref(`/replies/${id}`, { tab, q })} />
        </>
      ) : (
        <EmptyState
          icon={InboxIcon}
          title={q ? `Nothing in “${TAB_WORDS[tab]}” matches “${q}”` : empty.title}
          action={
            (q || tab !== "all") && (
              <Button asChild variant="outline">
                <Link href={replyViewHref("/replies", { tab: "all", q: "" })}>Show all replies</Link>
              </Button>
            )
          }
        >
          {q ? "Try fewer or other words, or look in all replies." : empty.text}
        </EmptyState>
      )}
      <PaginationByKey
        label="Pages of replies"
        previousHref={page.previous && replyViewHref("/replies", { tab, q, before: page.previous })}
        nextHref={page.next && replyViewHref("/replies", { tab, q, after: page.next })}
      />
    </>
  );
}
