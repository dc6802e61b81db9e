import { formatCount, formatPercent, formatUsd } from "@/components/words/numbers";
import type { ShadowTotals } from "@/lib/shadows/shadows";

/** What a trial has shown so far, in one sentence a decision can rest on. */
export function sayShadowEvidence(totals: ShadowTotals): string {
  if (totals.finished === 0) return "Nothing to compare yet.";
  const answers = `${formatCount(totals.same)} of ${formatCount(totals.compared)} answers the same`;
  const alike =
    totals.agreementBps === null || totals.same === totals.compared
      ? ""
      : ` (${formatPercent(totals.agreementBps / 10_000, 0)} alike)`;
  const missing = totals.finished - totals.succeeded;
  const failed = missing > 0 ? `, ${formatCount(missing)} without a valid answer` : "";
  return `${answers}${alike}${failed}; ${saySmallUsd(totals.cost / 1e6)} instead of ${saySmallUsd(totals.liveCost / 1e6)}.`;
}

/** An answer costs fractions of a cent: below ten cents shown to a hundredth of one. */
export function saySmallUsd(usd: number): string {
  return usd > 0 && usd < 0.1 ? `$${usd.toFixed(4)}` : formatUsd(usd);
}
