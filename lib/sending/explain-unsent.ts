export interface UnsentFacts {
  readonly status: string;
  readonly reason: string | null;
  /** ISO instant */
  readonly dueAt: string;
  readonly campaignStatus: string | null;
  readonly campaignReason: string | null;
  readonly enrollmentStatus: string | null;
  readonly enrollmentReason: string | null;
  readonly mailboxStatus: string;
  readonly mailboxReason: string | null;
  readonly killSwitchReason: string | null;
  readonly killSwitchPulled: boolean;
}

/** Why a mail has not gone yet, in one sentence; null when it has. `formatTime` writes an instant in the reader's zone. */
export function explainUnsent(
  facts: UnsentFacts,
  now: number,
  formatTime: (iso: string) => string,
): string | null {
  switch (facts.status) {
    case "sent":
      return null;
    case "sending":
      return "is being handed over now";
    case "uncertain":
      return `may have left: ${facts.reason ?? "the hand-over was not confirmed"}`;
    case "failed":
    case "skipped":
    case "cancelled":
      return facts.reason ?? facts.status;
  }
  if (facts.killSwitchPulled)
    return `sending is stopped: ${facts.killSwitchReason ?? "the kill switch is pulled"}`;
  if (facts.campaignStatus === "paused") return `the campaign is paused${because(facts.campaignReason)}`;
  if (facts.mailboxStatus === "paused") return `the mailbox is paused${because(facts.mailboxReason)}`;
  if (facts.enrollmentStatus === "paused")
    return facts.enrollmentReason ?? "the contact's sequence is paused";
  const when = formatTime(facts.dueAt);
  if (facts.reason === "outside the send window") return `outside the send window until ${when}`;
  if (Date.parse(facts.dueAt) > now)
    return facts.reason ? `${facts.reason}; next try ${when}` : `scheduled for ${when}`;
  return facts.reason ?? "due now, waiting its turn";
}

function because(reason: string | null): string {
  return reason ? `: ${reason}` : "";
}
