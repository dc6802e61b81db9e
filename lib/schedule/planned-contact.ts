/** Somebody a schedule places mails for. */
export interface PlannedContact {
  readonly contactId: string;
  /** IANA zone the contact works in */
  readonly zone: string;
}
