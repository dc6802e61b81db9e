import { sayBound } from "@/components/trust/trust-words";
import { BURST_SIZE, countBad } from "@/lib/trust/burst";
import type { CheckpointTrust } from "@/lib/trust/load-trust";

type Standing = Pick<CheckpointTrust, "checkpoint" | "mode" | "recent" | "bar" | "verdicts">;

/** Whether auto is earned, what is missing, or how near it is to being taken back. */
export function saySuggestion({ checkpoint, mode, recent, bar, verdicts }: Standing): string {
  if (checkpoint === "extraction") return "Extraction needs a phone in a hand, so it never asks for auto.";
  if (mode === "auto") {
    if (verdicts.length === 0) return "Nothing has been looked back at since it went to auto.";
    const bad = countBad(verdicts);
    const looked = `Of the last ${verdicts.length} looked back at, ${bad === 0 ? "all were right" : `${bad} would have been changed or rejected`}.`;
    return bad === BURST_SIZE - 1
      ? `${looked} One more like it, and the system puts it back into plan.`
      : looked;
  }
  if (recent.passes)
    return `That passes the bar of ${sayBound(bar.bar)}: auto is earned, and a person decides.`;
  return `Not enough for auto yet: the bar is ${sayBound(bar.bar)} over at least ${bar.minDecisions} decisions. ${recent.missing} more approved unchanged in a row would pass it.`;
}
