/** Somebody a schedule places mails for. */
export interface PlannedContact {
  readonly contactId: string;
  /** IANA zone the contact works in */
  readonly zone: string;
  /** The mailbox their thread already has; the schedule chooses one when there is none */
  readonly mailboxId?: string;
  /** A thread that is under way: the last mail that left, and when (epoch milliseconds) */
  readonly left?: { readonly step: number; readonly at: number };
}
