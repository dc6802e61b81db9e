import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { FlagList } from "@/components/replies/flag-list";
import { HtmlView } from "@/components/replies/html-view";
import { TAB_WORDS } from "@/components/replies/inbox-words";
import { ReadMark } from "@/components/replies/read-mark";
import { ReplyBar } from "@/components/replies/reply-bar";
import { SnoozedNote } from "@/components/replies/snoozed-note";
import { sayDecision } from "@/components/replies/sureness";
import { ThreadView } from "@/components/replies/thread-view";
import { PageHeader } from "@/components/shell/page-header";
import { RefreshWhile } from "@/components/shell/refresh-while";
import { StatusBadge } from "@/components/words/status-badge";
import { loadReplyView } from "@/lib/replies/load-reply-view";
import { replyViewHref, replyViewSchema } from "@/lib/replies/reply-tabs";
import { listSnoozes } from "@/lib/replies/snooze-times";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { finish, markRead, readHtml, snooze } from "../actions";
import { ReplyAnswer } from "./reply-answer";
import { ReplyAside } from "./reply-aside";

export const metadata: Metadata = { title: "Reply" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
};

export default async function ReplyPage({ params, searchParams }: Props) {
  const { db, operator } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  const view = await readQuery(searchParams, replyViewSchema);
  const now = new Date();
  const reply = id.success ? await loadReplyView(db, operator.id, id.data, view, now) : null;
  if (!reply) notFound();
  const { email, settings, waits, held, previousId, nextId } = reply;
  const hrefOf = (other: string) => replyViewHref(`/replies/${other}`, { tab: view.tab, q: view.q });
  const listHref = replyViewHref("/replies", { tab: view.tab, q: view.q });
  return (
    <>
      <PageHeader
        title={<bdi>{email.subject || "(no subject)"}</bdi>}
        above={
          <Link href={listHref} className="text-primary underline-offset-4 hover:underline touch:leading-11">
            Replies · {TAB_WORDS[view.tab]}
          </Link>
        }
        aside={
          <>
            {email.category && <StatusBadge of="category" status={email.category} />}
            <StatusBadge of="reply" status={email.status} />
          </>
        }
        description={email.category && sayDecision(email.decided_by, email.confidence, email.reason)}
        actions={
          waits && (
            <ReadMark
              key={email.id}
              emailId={email.id}
              unread={reply.unread}
              listHref={listHref}
              onMark={markRead}
            />
          )
        }
      />
      <RefreshWhile
        moving={reply.answers.some(({ status }) => status === "scheduled" || status === "sending")}
      />
      {reply.isPutOff && email.snoozed_until && (
        <SnoozedNote
          emailId={email.id}
          until={email.snoozed_until}
          zone={settings.time_zone}
          onSnooze={snooze}
        />
      )}
      <FlagList flags={email.flags} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 lg:row-start-1">
          <ThreadView
            reply={reply}
            hrefOf={hrefOf}
            layout={reply.hasHtml && <HtmlView key={email.id} emailId={email.id} onRead={readHtml} />}
          />
        </div>
        <ReplyAside reply={reply} me={operator.id} />
        <ReplyAnswer reply={reply} />
      </div>
      <ReplyBar
        emailId={email.id}
        canFinish={waits || email.status === "routed"}
        canAnswer={reply.whyNoAnswer === null}
        summary={sayNext(waits, held)}
        snooze={waits ? listSnoozes(now, settings.time_zone) : null}
        onSnooze={snooze}
        previousHref={previousId && hrefOf(previousId)}
        nextHref={nextId && hrefOf(nextId)}
        listHref={listHref}
        onFinish={finish}
      />
    </>
  );
}

function sayNext(waits: boolean, held: boolean): string {
  if (!waits) return "";
  return held
    ? "Done puts the mail away and ends the sequence it holds."
    : "Answer it, file it, or put it away when nothing is left to do.";
}
