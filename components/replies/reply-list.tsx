import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { isUnread } from "@/lib/replies/is-unread";
import type { ListedReply } from "@/lib/replies/list-replies";
import { readReplyFacts } from "@/lib/replies/reply-facts";
import { firstLine } from "./first-line";
import { headlinePrice } from "./price-words";
import { saySureness } from "./sureness";
import { UnreadDot } from "./unread-dot";

/** The inbox: one link per mail, the most a broker needs to pick the next one. */
export function ReplyList({
  replies,
  hrefOf,
}: {
  replies: readonly ListedReply[];
  hrefOf: (id: string) => string;
}) {
  return (
    <ul className="overflow-hidden rounded-lg border bg-card" aria-label="Replies">
      {replies.map((reply) => (
        <li key={reply.id} className="border-b last:border-0">
          <ReplyRow reply={reply} href={hrefOf(reply.id)} />
        </li>
      ))}
    </ul>
  );
}

function ReplyRow({ reply, href }: { reply: ListedReply; href: string }) {
  const price = headlinePrice(readReplyFacts(reply.facts));
  const sender = reply.contacts?.full_name ?? reply.from_name ?? reply.from_email ?? "Unknown sender";
  const unread = isUnread(reply, new Date());
  return (
    <Link
      href={href}
      data-list-row
      className="grid gap-x-4 gap-y-1 px-4 py-2.5 -outline-offset-2 transition-colors hover:bg-muted/60 md:grid-cols-[13rem_minmax(0,1fr)_16rem]"
    >
      <span className="flex min-w-0 items-baseline justify-between gap-3 md:grid md:content-start md:gap-0">
        <span className="min-w-0 truncate">
          {unread && <UnreadDot />}
          <span className={unread ? "font-semibold" : undefined}>
            <bdi>{sender}</bdi>
          </span>
          {reply.companies && (
            <span className="text-xs text-muted-foreground md:hidden"> · {reply.companies.name}</span>
          )}
        </span>
        <span className="truncate text-xs text-muted-foreground max-md:hidden">
          {reply.companies?.name ?? reply.from_email}
        </span>
        <Time iso={reply.received_at} className="shrink-0 text-xs text-muted-foreground md:hidden" />
      </span>
      <span className="min-w-0">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className={unread ? "truncate font-semibold" : "truncate"}>
            <bdi>{reply.subject || "(no subject)"}</bdi>
          </span>
          {price && <span className="shrink-0 font-semibold text-positive tabular-nums">{price}</span>}
        </span>
        <span className="block truncate text-muted-foreground">
          <bdi>{firstLine(reply.visible_text) ?? reply.parse_problem ?? "No words of its own."}</bdi>
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 md:justify-end md:self-center">
        <ReplyState reply={reply} />
        <Time
          iso={reply.received_at}
          className="w-16 text-right text-xs whitespace-nowrap text-muted-foreground max-md:hidden"
        />
      </span>
    </Link>
  );
}

function ReplyState({ reply }: { reply: ListedReply }) {
  return (
    <>
      {reply.flags.includes("injection_attempt") && (
        <Badge variant="danger">Tries to give instructions</Badge>
      )}
      {reply.operators && <Badge variant="outline">{reply.operators.display_name}</Badge>}
      {reply.snoozed_until && Date.parse(reply.snoozed_until) > Date.now() && (
        <span className="text-xs text-muted-foreground">
          back <Time iso={reply.snoozed_until} />
        </span>
      )}
      {reply.category ? (
        <>
          <span className="text-xs text-muted-foreground empty:hidden">
            {saySureness(reply.decided_by, reply.confidence)}
          </span>
          <StatusBadge of="category" status={reply.category} />
        </>
      ) : (
        <StatusBadge of="reply" status={reply.status} />
      )}
      {reply.category && reply.status === "done" && <StatusBadge of="reply" status="done" />}
    </>
  );
}
