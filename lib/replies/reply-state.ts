import type { LoadedReply } from "./load-reply";

/** What can be done with a mail at this moment, and why it cannot be answered where it cannot. */
export interface ReplyState {
  readonly waits: boolean;
  /** A sequence of its contact is held. */
  readonly held: boolean;
  readonly isPutOff: boolean;
  readonly whyNoAnswer: string | null;
}

type Judged = Pick<
  LoadedReply["email"],
  "status" | "snoozed_until" | "category" | "contact_id" | "from_email"
> & {
  readonly contacts: { readonly do_not_contact_at: string | null } | null;
  readonly companies: { readonly do_not_contact_at: string | null } | null;
};

export function judgeReply(email: Judged, sequences: readonly { status: string }[], now: Date): ReplyState {
  const waits = email.status === "needs_person";
  return {
    waits,
    held: sequences.some(({ status }) => status === "paused"),
    isPutOff: waits && email.snoozed_until !== null && Date.parse(email.snoozed_until) > now.getTime(),
    whyNoAnswer: sayWhyNoAnswer(email),
  };
}

function sayWhyNoAnswer(email: Judged): string | null {
  if (email.category === "bounce" || email.category === "receipt")
    return "A machine wrote this mail; there is nobody to answer.";
  if (email.contacts?.do_not_contact_at || email.companies?.do_not_contact_at)
    return "They are do-not-contact: nothing is sent to them, not even an answer. An admin can lift that with a reason.";
  if (email.contact_id === null) return "Link this mail to a contact before answering it.";
  return email.from_email ? null : "This mail names no sender, so there is no address to answer.";
}
