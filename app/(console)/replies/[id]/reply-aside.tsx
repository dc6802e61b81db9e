import { AssignSelect } from "@/components/replies/assign-select";
import { ContactPanel } from "@/components/replies/contact-panel";
import { DecisionPanel } from "@/components/replies/decision-panel";
import { DoneList } from "@/components/replies/done-list";
import { FactsPanel } from "@/components/replies/facts-panel";
import { LinkContact } from "@/components/replies/link-contact";
import { ProposalCard } from "@/components/replies/proposal-card";
import { RememberedAddresses } from "@/components/replies/remembered-addresses";
import { UndoPanel } from "@/components/replies/undo-panel";
import { sayUndo } from "@/components/replies/undo-words";
import { Section } from "@/components/shell/section";
import type { ShownReply } from "@/lib/replies/load-reply-view";
import {
  assign,
  correct,
  dismiss,
  finish,
  forget,
  link,
  resume,
  searchContacts,
  takeContact,
  undo,
} from "../actions";

/** Beside the correspondence: what the mail states, what it is, whose it is, and what was done about it. */
export function ReplyAside({ reply, me }: { reply: ShownReply; me: string }) {
  const { email, rules, undoable } = reply;
  const undoWords = sayUndo(undoable);
  return (
    <aside
      aria-label="About this reply"
      className="grid min-w-0 content-start gap-6 lg:row-span-2 lg:row-start-1"
    >
      <FactsPanel facts={reply.facts} />
      {reply.proposals.map((proposal) => (
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
            suggested={reply.matches}
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
          operators={reply.operators.map(({ id, display_name }) => ({ id, name: display_name }))}
          assignedTo={email.assigned_to}
          me={me}
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
            waits={reply.waits}
            onResume={resume}
            onFinishAndResume={finish}
          />
          <RememberedAddresses
            className="mt-3 border-t pt-3"
            addresses={reply.remembered}
            name={email.contacts.full_name}
            onForget={forget}
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
  );
}
