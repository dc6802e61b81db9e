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
import { AssignSelect } from "@/components/replies/assign-select";
import { ContactPanel } from "@/components/replies/contact-panel";
import { DecisionPanel } from "@/components/replies/decision-panel";
import { DoneList } from "@/components/replies/done-list";
import { FactsPanel } from "@/components/replies/facts-panel";
import { FlagList } from "@/components/replies/flag-list";
import { HtmlView } from "@/components/replies/html-view";
import { TAB_WORDS } from "@/components/replies/inbox-words";
import { LinkContact } from "@/components/replies/link-contact";
import { headlinePrice } from "@/components/replies/price-words";
import { ProposalCard } from "@/components/replies/proposal-card";
import { ReplyBar } from "@/components/replies/reply-bar";
import { SnoozedNote } from "@/components/replies/snoozed-note";
import { sayDecision } from "@/components/replies/sureness";
import { ThreadView } from "@/components/replies/thread-view";
import { UndoPanel } from "@/components/replies/undo-panel";
import { sayUndo } from "@/components/replies/undo-words";
import { MarkSeen } from "@/components/replies/unread";
import { requireOperator } from "@/lib/auth/operator";
import { answerSubject } from "@/lib/replies/answer-subject";
import { listAnswerTemplates } from "@/lib/replies/answer-templates";
import { findNeighbours } from "@/lib/replies/list-replies";
import { loadReply } from "@/lib/replies/load-reply";
import { listProposalsOf } from "@/lib/replies/proposals";
import { readReplyDraft } from "@/lib/replies/reply-draft";
import { readReplyFacts } from "@/lib/replies/reply-facts";
import { replyViewHref, replyViewSchema } from "@/lib/replies/reply-tabs";
import { listSnoozes } from "@/lib/replies/snooze-times";
import { suggestMatches } from "@/lib/replies/suggest-matches";
import { readUndo } from "@/lib/replies/undo-routing";
import { loadDesk } from "@/lib/settings/desk";
import { listOperators } from "@/lib/settings/operators";
import { listRoutingRules } from "@/lib/settings/routing-rules";
import {
  answer,
  assign,
  correct,
  dismiss,
  finish,
  keepDraft,
  link,
  readHtml,
  resume,
  searchContacts,
  snooze,
  takeContact,
  undo,
} from "../actions";

export const metadata: Metadata = { title: "Reply" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ReplyPage({ params, searchParams }: Props) {
  const { db, operator } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  const view = replyViewSchema.parse(await searchParams);
  const [reply, rules] = await Promise.all([
    id.success ? loadReply(db, id.data) : null,
    listRoutingRules(db),
  ]);
  if (!reply) notFound();
  const { email } = reply;
  const hrefOf = (other: string) => replyViewHref(`/replies/${other}`, { tab: view.tab, q: view.q });
  const unmatched = email.contact_id === null;
  const [{ previousId, nextId }, undoable, draft, proposals, matches, operators, { settings }] =
    await Promise.all([
      findNeighbours(db, view, email, operator.id),
      readUndo(db, email.id),
      readReplyDraft(db, email.id),
      listProposalsOf(db, email.id),
      unmatched ? suggestMatches(db, email.id) : [],
      listOperators(db),
      loadDesk(db),
    ]);
  const undoWords = sayUndo(undoable);
  const facts = readReplyFacts(email.facts);
  const waits = email.status === "needs_person";
  const held = reply.sequences.some(({ status }) => status === "paused");
  const now = new Date();
  const zone = settings.time_zone;
  const isPutOff = waits && email.snoozed_until !== null && Date.parse(email.snoozed_until) > now.getTime();
  const fromMachine = email.category === "bounce" || email.category === "receipt";
  const neverAgain = Boolean(email.contacts?.do_not_contact_at ?? email.companies?.do_not_contact_at);
  const canAnswer = email.contact_id !== null && email.from_email !== null && !fromMachine && !neverAgain;
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
      />
      <RefreshWhile
        moving={reply.answers.some(({ status }) => status === "scheduled" || status === "sending")}
      />
      <MarkSeen emailId={email.id} />
      {isPutOff && email.snoozed_until && (
        <SnoozedNote emailId={email.id} until={email.snoozed_until} zone={zone} onSnooze={snooze} />
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
        <aside
          aria-label="About this reply"
          className="grid min-w-0 content-start gap-6 lg:row-span-2 lg:row-start-1"
        >
          <FactsPanel facts={facts} />
          {proposals.map((proposal) => (
            <ProposalCard key={proposal.id} proposal={proposal} onTake={takeContact} onDismiss={dismiss} />
          ))}
          {!email.contacts && (
            <Section
              title="Whose mail is it?"
              description="No contact has this address. Until it is linked, it cannot be answered here and holds nobody's sequence."
              frame="card"
              className="mb-0"
            >
              <LinkContact
                emailId={email.id}
                address={email.from_email}
                suggested={matches}
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
              finals={rules.filter((rule) => rule.final).map((rule) => rule.category)}
              onFile={correct}
              onUndo={undo}
            />
          </Section>
          <Section title="Assigned to" frame="card" className="mb-0">
            <AssignSelect
              key={email.assigned_to ?? "everybody"}
              emailId={email.id}
              operators={operators.map(({ id, display_name }) => ({ id, name: display_name }))}
              assignedTo={email.assigned_to}
              me={operator.id}
              onAssign={assign}
            />
          </Section>
          {email.contacts && (
            <Section title="Contact" frame="card" className="mb-0">
              <ContactPanel
                emailId={email.id}
                contact={email.contacts}
                company={email.companies}
                sequences={reply.sequences}
                matchedBy={email.matched_by}
                waits={waits}
                onResume={resume}
                onFinishAndResume={finish}
              />
            </Section>
          )}
          <Section title="What was done" frame="card" className="mb-0">
            <div className="grid gap-3">
              {undoable && undoWords && (
                <UndoPanel emailId={email.id} words={undoWords} until={undoable.until} onUndo={undo} />
              )}
              <DoneList rows={reply.done} />
            </div>
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
                  subject={draft?.subject || answerSubject(email.subject)}
                  body={draft?.body ?? ""}
                  origin={
                    draft &&
                    (draft.source === "agent"
                      ? "The agent suggested these words. Change them as you like; nothing leaves until you send it."
                      : `${draft.updatedBy} wrote this so far; it has not been sent.`)
                  }
                  starts={[
                    ...(facts.suggestedAnswer
                      ? [{ key: "agent", title: "What the agent would answer", body: facts.suggestedAnswer }]
                      : []),
                    ...listAnswerTemplates({
                      name: email.contacts?.full_name ?? email.from_name,
                      property: reply.sequences[0]?.properties?.address ?? null,
                      price: headlinePrice(facts),
                      senderName: settings.sender_name,
                      deskName: settings.desk_name,
                    }),
                  ]}
                  endsSequence={held && waits}
                  onKeep={keepDraft}
                  onAnswer={answer}
                />
              ) : (
                <p className="text-muted-foreground">
                  {fromMachine
                    ? "A machine wrote this mail; there is nobody to answer."
                    : neverAgain
                      ? "They are do-not-contact: nothing is sent to them, not even an answer. An admin can lift that with a reason."
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
        summary={
          !waits
            ? ""
            : held
              ? "Done puts the mail away and ends the sequence it holds."
              : "Answer it, file it, or put it away when nothing is left to do."
        }
        snooze={waits ? listSnoozes(now, zone) : null}
        onSnooze={snooze}
        previousHref={previousId && hrefOf(previousId)}
        nextHref={nextId && hrefOf(nextId)}
        listHref={listHref}
        onFinish={finish}
      />
    </>
  );
}
