/** What can keep a mail from leaving, as the SQL function `why_not_yet` names it. */
export const WHY_CAUSES = [
  "sending",
  "uncertain",
  "ended",
  "stopped",
  "barred",
  "campaign_paused",
  "mailbox_paused",
  "contact_paused",
  "before",
  "gap",
  "window",
  "planned",
  "later",
  "limit",
  "relay_quiet",
  "batch",
  "turn",
] as const;

export interface Why {
  readonly cause: (typeof WHY_CAUSES)[number];
  readonly detail: string | null;
  /** A person, a mailbox, or `auto` for a pause the product made */
  readonly who: string | null;
  /** ISO instant: when it changes or, for the kill switch and a quiet relay, since when it is so */
  readonly until: string | null;
}

const SETTLED: readonly string[] = ["sending", "uncertain", "ended"];
const BEFORE: Record<string, string> = {
  sending: "is being handed over",
  uncertain: "may or may not have left",
};

/**
 * Why a mail has not gone yet, in one sentence.
 * @param formatTime writes an ISO instant in the reader's zone.
 * @param isDryRun nothing leaves at all, whatever else holds.
 */
export function sayWhy(why: Why, formatTime: (iso: string) => string, isDryRun = false): string {
  if (isDryRun && !SETTLED.includes(why.cause)) return "this is a dry run: no mail leaves";
  const { detail, who } = why;
  const until = why.until ? formatTime(why.until) : "";
  switch (why.cause) {
    case "sending":
      return "is being handed over now";
    case "uncertain":
      return `may have left: ${detail ?? "the hand-over was not confirmed"}`;
    case "ended":
      return detail ?? "it ended";
    case "stopped":
      return `sending was stopped by ${who ?? "somebody"} at ${until}${because(detail)}`;
    case "barred":
      return `will be skipped at its turn: ${detail}`;
    case "campaign_paused":
      return `the campaign ${who === "auto" ? "paused itself" : "is paused"}${because(detail)}`;
    case "mailbox_paused":
      return `the mailbox ${who === "auto" ? "paused itself" : "is paused"}${because(detail)}`;
    case "contact_paused":
      return `${detail ?? "the contact's sequence is paused"}${until && `, until ${until}`}`;
    case "before":
      return `waits for the mail before it, which ${BEFORE[detail ?? ""] ?? `is scheduled for ${until}`}`;
    case "gap":
      return `keeps its distance from the mail before it until ${until}`;
    case "window":
      return `outside the send window until ${until}`;
    case "planned":
      return `scheduled for ${until}`;
    case "later":
      return `${detail?.replace(/\.$/, "")}; next try ${until}`;
    case "limit":
      return `${detail}, next slot ${until}`;
    case "relay_quiet":
      return `the relay of ${who} has not been heard of since ${until}; the mail waits for it`;
    case "batch":
      return `${who} rests after a batch until ${until}`;
    case "turn":
      return detail ? `due now, waiting its turn: ${detail}` : "due now, waiting its turn";
  }
}

function because(reason: string | null): string {
  return reason ? `: ${reason}` : "";
}
