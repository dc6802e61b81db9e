import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { PageHeader } from "@/components/page/page-header";
import { RefreshWhile } from "@/components/page/refresh-while";
import { Section } from "@/components/page/section";
import { StatusBadge } from "@/components/page/status-badge";
import { AnswerForm } from "@/components/replies/answer-form";
import { AnswerStates } from "@/components/replies/answer-states";
import { ContactPanel } from "@/components/replies/contact-panel";
import { DecisionPanel } from "@/components/replies/decision-panel";
import { DoneList } from "@/components/replies/done-list";
import { FactsPanel } from "@/components/replies/facts-panel";
import { FlagList } from "@/components/replies/flag-list";
import { HtmlView } from "@/components/replies/html-view";
import { TAB_WORDS } from "@/components/replies/inbox-words";
import { LinkContact } from "@/components/replies/link-contact";
import { ReplyBar } from "@/components/replies/reply-bar";
import { saySureness } from "@/components/replies/sureness";
import { ThreadView } from "@/components/replies/thread-view";
import { requireOperator } from "@/lib/auth/operator";
import { answerSubject } from "@/lib/replies/answer-subject";
import { findNeighbours } from "@/lib/replies/list-replies";
import { loadReply } from "@/lib/replies/load-reply";
import { readReplyFacts } from "@/lib/replies/reply-facts";
import { replyViewHref, replyViewSchema } from "@/lib/replies/reply-tabs";
import { listRoutingRules } from "@/lib/settings/routing-rules";
import { answer, correct, finish, link, readHtml, resume, searchContacts } from "../actions";

export const metadata: Metadata = { title: "Reply" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ReplyPage({ params, searchParams }: Props) {
  const { db } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  const view = replyViewSchema.parse(await searchParams);
  const [reply, rules] = await Promise.all([
    id.success ? loadReply(db, id.data) : null,
    listRoutingRules(db),
  ]);
  if (!reply) notFound();
  const { email } = reply;
  const hrefOf = (other: string) => replyViewHref(`/replies/${other}`, { tab: view.tab, q: view.q });
  const { previousId, nextId } = await findNeighbours(db, view, email);
  const facts = readReplyFacts(email.facts);
  const waits = email.status === "needs_person";
  const fromMachine = email.category === "bounce" || email.category === "receipt";
  const canAnswer = email.contact_id !== null && email.from_email !== null && !fromMachine;
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
        description={
          email.category && (
            <>
              {email.decided_by === "person"
                ? "A person said so"
                : email.decided_by === "rules"
                  ? "Decided by rule"
                  : `The agent is ${saySureness(email.decided_by, email.confidence)}`}
              {email.reason && `: ${email.reason}`}
            </>
          )
        }
      />
      <RefreshWhile
        moving={reply.answers.some(({ status }) => status === "scheduled" || status === "sending")}
      />
      <FlagList flags={email.flags} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 lg:row-start-1">
          <ThreadView
            reply={reply}
            hrefOf={hrefOf}
            layout={reply.hasHtml && <HtmlView key={email.id} emailId={email.id} onRead={readHtml} />}
          />
        </div>
        <aside
          aria-label="About this reply"
          className="grid min-w-0 content-start gap-6 lg:row-span-2 lg:row-start-1"
        >
          <FactsPanel facts={facts} />
          {!email.contacts && (
            <Section
              title="Whose mail is it?"
              description="No contact has this address. Until it is linked, it cannot be answered here and holds nobody's sequence."
              frame="card"
              className="mb-0"
            >
              <LinkContact
                emailId={email.id}
                guess={email.from_name || email.from_email || ""}
                onSearch={searchContacts}
                onLink={link}
              />
            </Section>
          )}
          <Section title="Category" frame="card" className="mb-0">
            <DecisionPanel
              key={`${email.id}-${email.category}-${email.status}`}
              emailId={email.id}
              category={email.category}
              status={email.status}
              actions={Object.fromEntries(rules.map((rule) => [rule.category, rule.action]))}
              onFile={correct}
            />
          </Section>
          {email.contacts && (
            <Section title="Contact" frame="card" className="mb-0">
              <ContactPanel
                contact={email.contacts}
                company={email.companies}
                sequences={reply.sequences}
                matchedBy={email.matched_by}
                waits={waits}
                onResume={resume}
              />
            </Section>
          )}
          <Section title="What was done" frame="card" className="mb-0">
            <DoneList rows={reply.done} />
          </Section>
        </aside>
        <div className="min-w-0 lg:row-start-2">
          <Section title="Answer" frame={canAnswer ? "card" : "none"} className="mb-0">
            <div className="grid gap-4">
              <AnswerStates answers={reply.answers} />
              {canAnswer ? (
                <AnswerForm
                  key={email.id}
                  emailId={email.id}
                  to={email.from_email ?? ""}
                  from={email.mailboxes.address}
                  subject={answerSubject(email.subject)}
                  suggested={reply.answers.length > 0 ? "" : facts.suggestedAnswer}
                  onAnswer={answer}
                />
              ) : (
                <p className="text-muted-foreground">
                  {fromMachine
                    ? "A machine wrote this mail; there is nobody to answer."
                    : "Link this mail to a contact before answering it."}
                </p>
              )}
            </div>
          </Section>
        </div>
      </div>
      <ReplyBar
        emailId={email.id}
        canFinish={waits || email.status === "routed"}
        canAnswer={canAnswer}
        summary={waits ? "Answer it, file it, or put it away when nothing is left to do." : ""}
        previousHref={previousId && hrefOf(previousId)}
        nextHref={nextId && hrefOf(nextId)}
        listHref={listHref}
        onFinish={finish}
      />
    </>
  );
}
