import { formatCount, formatPercent } from "@/components/words/numbers";

const JUDGED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  decision: {
    unchanged: "Approved unchanged",
    edited: "Approved with edits",
    changes_asked: "Changes asked for",
    rejected: "Rejected",
  },
  verdict: {
    unchanged: "Agreed with, looking back",
    edited: "Would have been changed",
    rejected: "Would have been rejected",
  },
  label: { unchanged: "Category confirmed", edited: "Category corrected" },
};

/** What a person made of a proposal, by where they said it: deciding, looking back, or naming a mail's category. */
export function sayJudged(source: string, outcome: string): string {
  return JUDGED[source]?.[outcome] ?? outcome.replaceAll("_", " ");
}

/** What happened to a checkpoint's mode. */
export const CHANGE_WORDS: Readonly<Record<string, string>> = {
  promoted: "Put into auto on the evidence",
  ahead: "Put into auto ahead of the evidence",
  limited: "Limits of auto changed",
  returned: "Put back into plan",
  demoted: "Taken back into plan by the system",
  ended: "Time in auto ended",
};

/** A lower bound as it is said everywhere: two digits, never rounded up. */
export function sayBound(bound: number): string {
  return (Math.floor(bound * 100 + 1e-9) / 100).toFixed(2);
}

interface Counted {
  readonly edited: number;
  readonly changesAsked: number;
  readonly rejected: number;
  readonly changedBps: number;
}

/** What was not approved unchanged: “2 edited (12% of fields on average), 1 sent back for changes, none rejected”. */
export function sayOthers({ edited, changesAsked, rejected, changedBps }: Counted): string {
  const share =
    edited > 0 && changedBps > 0 ? ` (${formatPercent(changedBps / 10_000, 0)} of fields on average)` : "";
  return `${count(edited)} edited${share}, ${count(changesAsked)} sent back for changes, ${count(rejected)} rejected`;
}

function count(number: number): string {
  return number === 0 ? "none" : formatCount(number);
}
