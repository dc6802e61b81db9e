export interface FunctionWords {
  readonly title: string;
  readonly does: string;
  /** Why running it again is safe although it reaches outside the desk; null when it does not. */
  readonly replaySafety: string | null;
  readonly group: RunGroup;
}

export const RUN_GROUPS = ["outreach", "sending", "replies", "clockwork"] as const;
export type RunGroup = (typeof RUN_GROUPS)[number];

/** The durable functions as an operator knows them. */
export const FUNCTIONS: Readonly<Record<string, FunctionWords>> = {
  "run-outreach": {
    title: "Outreach",
    does: "Takes one search from criteria to a running campaign.",
    replaySafety:
      "It asks CoStar and starts sending. Both are safe to run again: what an extraction stored is never asked for again, a decision that was made stands, and a campaign is activated once in the database.",
    group: "outreach",
  },
  "dispatch-mailbox": {
    title: "Sending",
    does: "Sends one mailbox's due mail, one after the other.",
    replaySafety:
      "It sends mail. No mail goes out twice: each send is reserved in the database once, and one that was handed over is never handed over again.",
    group: "sending",
  },
  "check-mailboxes": {
    title: "Mailbox check",
    does: "Asks every minute whether a mailbox has mail that is due.",
    replaySafety: null,
    group: "clockwork",
  },
  "classify-reply": {
    title: "Reply",
    does: "Reads one mail, decides what it is and does what that asks for.",
    replaySafety: null,
    group: "replies",
  },
  "sync-inboxes": {
    title: "Inbox sync",
    does: "Reads every inbox; each mail is stored once.",
    replaySafety: null,
    group: "clockwork",
  },
  sweep: {
    title: "Sweep",
    does: "Finds work whose event was lost, and settles uncertain sends.",
    replaySafety: null,
    group: "clockwork",
  },
};

export function functionsIn(group: RunGroup): string[] {
  return Object.entries(FUNCTIONS).flatMap(([id, words]) => (words.group === group ? [id] : []));
}

export function titleOf(functionId: string): string {
  return FUNCTIONS[functionId]?.title ?? functionId;
}
