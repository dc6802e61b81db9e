import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount, formatDuration, formatPercent, formatUsd, NO_VALUE } from "@/components/words/numbers";
import type { ShadowTotals } from "@/lib/shadows/shadows";
import { saySmallUsd } from "./shadow-words";

/** Candidate and live agent on the same inputs, figure by figure. */
export function ShadowComparison({ totals }: { totals: ShadowTotals }) {
  const { finished } = totals;
  const share = (part: number) => (finished > 0 ? formatPercent(part / finished, 0) : formatPercent(null));
  const each = (microusd: number) =>
    finished > 0 ? saySmallUsd(microusd / finished / 1e6) : formatUsd(null);
  const liveModel =
    totals.liveModels > 1 ? `${totals.liveModels} models, lately ${totals.liveModel}` : totals.liveModel;
  const rows: readonly [what: string, live: string, candidate: string][] = [
    ["Model", liveModel ?? NO_VALUE, totals.model ?? NO_VALUE],
    ["Inputs both were given", formatCount(finished), formatCount(finished)],
    ["Valid answers", share(totals.liveSucceeded), share(totals.succeeded)],
    ["Valid at the first attempt", share(totals.liveFirstPass), share(totals.firstPass)],
    ["Cost of an answer", each(totals.liveCost), each(totals.cost)],
    ["Cost in all", saySmallUsd(totals.liveCost / 1e6), saySmallUsd(totals.cost / 1e6)],
    ["Median time", formatDuration(totals.liveMedianMs), formatDuration(totals.medianMs)],
  ];
  return (
    <div className="overflow-hidden rounded-lg border bg-card">
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>On the same inputs</TableHead>
            <TableHead numeric>Live</TableHead>
            <TableHead numeric>Candidate</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map(([what, live, candidate]) => (
            <TableRow key={what}>
              <TableCell>{what}</TableCell>
              <TableCell numeric>{live}</TableCell>
              <TableCell numeric>{candidate}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
