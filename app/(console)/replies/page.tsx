import { InboxIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { EMPTY_WORDS, TAB_WORDS } from "@/components/replies/inbox-words";
import { ReplyList } from "@/components/replies/reply-list";
import { ReplyTabsNav } from "@/components/replies/reply-tabs-nav";
import { SyncLine } from "@/components/replies/sync-line";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/shell/page-header";
import { SearchBox } from "@/components/shell/search-box";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { countReplies, listReplies } from "@/lib/replies/list-replies";
import { countProposals } from "@/lib/replies/load-proposal";
import { replyViewHref, replyViewSchema } from "@/lib/replies/reply-tabs";
import { readSyncHealth } from "@/lib/replies/sync-health";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Replies" };

export default async function RepliesPage({ searchParams }: { searchParams: PageQuery }) {
  const { db, operator } = await requireOperator();
  const view = await readQuery(searchParams, replyViewSchema);
  const { tab, q } = view;
  const [page, counts, proposals, mailboxes] = await Promise.all([
    listReplies(db, view, operator.id),
    countReplies(db, operator.id),
    countProposals(db),
    readSyncHealth(db),
  ]);
  const empty = EMPTY_WORDS[tab];
  return (
    <>
      <PageHeader
        title="Replies"
        description="Every mail that came back. What a rule or the agent could settle is settled; the rest waits for a person, the warmest first."
      />
      <SyncLine mailboxes={mailboxes} />
      <ReplyTabsNav active={tab} q={q} counts={counts} proposals={proposals} />
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
