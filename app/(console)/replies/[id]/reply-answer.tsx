import { AnswerForm } from "@/components/replies/answer-form";
import { AnswerStates } from "@/components/replies/answer-states";
import { headlinePrice } from "@/components/replies/price-words";
import { Section } from "@/components/shell/section";
import { answerSubject } from "@/lib/replies/answer-subject";
import { answerValues } from "@/lib/replies/answer-values";
import { listAnswerStarts } from "@/lib/replies/list-answer-starts";
import type { ShownReply } from "@/lib/replies/load-reply-view";
import { signAnswer } from "@/lib/replies/sign-answer";
import { answer, keepDraft } from "../actions";

/** The answers that were written, and the form for another; or why there is none. */
export function ReplyAnswer({ reply }: { reply: ShownReply }) {
  const { email, draft, whyNoAnswer } = reply;
  return (
    <div className="min-w-0 lg:row-start-2">
      <Section title="Answer" frame={whyNoAnswer === null ? "card" : "none"} className="mb-0">
        <div className="grid gap-4">
          <AnswerStates answers={reply.answers} />
          {whyNoAnswer === null ? (
            <AnswerForm
              key={email.id}
              emailId={email.id}
              to={email.from_email ?? ""}
              from={email.mailboxes.address}
              subject={draft?.subject || answerSubject(email.subject)}
              body={draft?.source === "agent" ? signAnswer(draft.body, reply.settings) : (draft?.body ?? "")}
              origin={sayOrigin(draft)}
              starts={listStarts(reply)}
              endsSequence={reply.held && reply.waits}
              onKeep={keepDraft}
              onAnswer={answer}
            />
          ) : (
            <p className="text-muted-foreground">{whyNoAnswer}</p>
          )}
        </div>
      </Section>
    </div>
  );
}

function sayOrigin(draft: ShownReply["draft"]): string | null {
  if (!draft) return null;
  return draft.source === "agent"
    ? "The agent suggested these words. Change them as you like; nothing leaves until you send it."
    : `${draft.updatedBy} wrote this so far; it has not been sent.`;
}

function listStarts({ email, facts, sequences, templates, settings }: ShownReply) {
  const [sequence] = sequences;
  const values = answerValues({
    fullName: email.contacts?.full_name ?? email.from_name ?? "",
    firstName: email.contacts?.first_name ?? "",
    company: email.companies?.name ?? null,
    property: sequence?.properties ?? null,
    buyerName: sequence?.campaigns.searches.buyer_name ?? "",
    price: headlinePrice(facts),
    desk: settings,
  });
  return listAnswerStarts(templates, values, {
    category: email.category,
    suggestedAnswer: signAnswer(facts.suggestedAnswer, settings),
  });
}
