import { InboxIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AgentsPaused } from "@/components/agents/agents-paused";
import { PausedAlerts } from "@/components/approvals/paused-alerts";
import { WaitingList } from "@/components/approvals/waiting-list";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { LookBackList } from "@/components/trust/look-back-list";
import { NoticeList } from "@/components/trust/notice-list";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { readAgentPause } from "@/lib/agents/circuit";
import { loadQueue } from "@/lib/approvals/load-queue";
import { listAutoPaused } from "@/lib/sending/list-auto-paused";
import { requireOperator } from "@/lib/server/operator";
import { listLookBack } from "@/lib/trust/look-back";
import { listNotices } from "@/lib/trust/notices";
import { snooze } from "./approvals/actions";
import { setStatus } from "./campaigns/actions";
import { resumeMailbox } from "./settings/actions";
import { tryAgents } from "./settings/agents/actions";
import { seen } from "./settings/checkpoints/actions";

export const metadata: Metadata = { title: "Queue" };

/** Home: what waits for a person, most urgent first. */
export default async function QueuePage() {
  const { db } = await requireOperator();
  const { approvals, replies, stoppedExtractions, uncertainSends } = await loadQueue(db);
  const pause = await readAgentPause(db);
  const [notices, lookBack, paused] = await Promise.all([
    listNotices(db),
    listLookBack(db),
    listAutoPaused(db),
  ]);
  const now = Date.now();
  return (
    <>
      <PageHeader
        title="Queue"
        description="What waits for a person, most urgent first."
        actions={
          <Button asChild variant="outline">
            <Link href="/approvals">Decided before</Link>
          </Button>
        }
      />
      {pause && <AgentsPaused pause={pause} onTry={tryAgents} />}
      <NoticeList notices={notices.filter(({ kind }) => kind !== "agents.paused")} onSeen={seen} />
      {stoppedExtractions.map((extraction) => (
        <Alert key={extraction.id} variant="attention" className="mb-4">
          <AlertTitle>Extraction stopped: {extraction.searches.name}</AlertTitle>
          <AlertDescription>
            {extraction.reason} <Link href={`/searches/${extraction.search_id}`}>Go there to try again</Link>
          </AlertDescription>
        </Alert>
      ))}
      <PausedAlerts paused={paused} onResumeMailbox={resumeMailbox} onResumeCampaign={setStatus} />
      {uncertainSends > 0 && (
        <Alert variant="attention" className="mb-4">
          <AlertTitle>{formatCount(uncertainSends)} mails may or may not have left</AlertTitle>
          <AlertDescription>
            Outlook did not confirm them and they were not found.{" "}
            <Link href="/campaigns/uncertain">Settle them</Link>
          </AlertDescription>
        </Alert>
      )}
      <Section title="To decide">
        {approvals.length === 0 ? (
          <EmptyState
            icon={InboxIcon}
            title="Nothing waits for a decision"
            action={
              <Button asChild>
                <Link href="/searches/new">New search</Link>
              </Button>
            }
          >
            Enter a buyer&rsquo;s criteria and the first proposal will be here within a minute.
          </EmptyState>
        ) : (
          <WaitingList
            onSnooze={snooze}
            items={approvals.map((approval) => ({
              id: approval.id,
              checkpoint: approval.checkpoint,
              title: approval.title,
              summary: approval.summary,
              revision: approval.revision,
              requestedAt: approval.requested_at,
              deadlineAt: approval.deadline_at,
              isOverdue: approval.deadline_at !== null && Date.parse(approval.deadline_at) < now,
              snoozedUntil:
                approval.snoozed_until && Date.parse(approval.snoozed_until) > now
                  ? approval.snoozed_until
                  : null,
            }))}
          />
        )}
      </Section>
      <Section
        title="Replies for a person"
        actions={
          replies.length > 0 && (
            <Button asChild variant="outline" size="sm">
              <Link href="/replies">All replies</Link>
            </Button>
          )
        }
      >
        {replies.length === 0 ? (
          <p className="text-muted-foreground">
            No reply waits. The mailbox is read every minute, and each new mail at once after that.
          </p>
        ) : (
          <ul className="divide-y overflow-hidden rounded-lg border bg-card">
            {replies.map((reply) => (
              <li key={reply.id}>
                <Link href={`/replies/${reply.id}`} className="grid gap-0.5 px-4 py-3 hover:bg-accent">
                  <span className="flex flex-wrap items-center gap-2">
                    <span className="font-semibold">
                      {reply.from_name || reply.from_email || "Unknown sender"}
                    </span>
                    {reply.category && <StatusBadge of="category" status={reply.category} />}
                    <span className="ml-auto text-xs text-muted-foreground">
                      <Time iso={reply.received_at} />
                    </span>
                  </span>
                  <span className="truncate text-muted-foreground">
                    {reply.visible_text?.slice(0, 200) || reply.subject || "(no text)"}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {lookBack.count > 0 && (
        <Section
          title="Look back"
          description="What auto let through, picked by chance. It has happened; say whether it was right, so that trust stays measured."
          actions={
            lookBack.count > lookBack.items.length && (
              <Button asChild variant="outline" size="sm">
                <Link href="/approvals?look=back">All {formatCount(lookBack.count)}</Link>
              </Button>
            )
          }
        >
          <LookBackList items={lookBack.items} />
        </Section>
      )}
    </>
  );
}
