import { formatCount, formatPercent } from "@/components/format/numbers";
import { Figure } from "@/components/page/figure";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { FunnelStage } from "@/lib/metrics/overview";
import { BarFigure } from "./bar-figure";
import { STAGE_WORDS } from "./funnel-words";

/** From properties to warm replies, as bars with the table behind. */
export function FunnelFigure({ stages, days }: { stages: readonly FunnelStage[]; days: number }) {
  return (
    <Figure
      title="From property to interest"
      unit={`counts, last ${days} days`}
      table={
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Stage</TableHead>
              <TableHead className="max-sm:hidden">What it counts</TableHead>
              <TableHead numeric>Count</TableHead>
              <TableHead numeric>Of the stage before</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {stages.map(({ key, count, ofPrevious }) => (
              <TableRow key={key}>
                <TableCell>{STAGE_WORDS[key].label}</TableCell>
                <TableCell className="text-muted-foreground max-sm:hidden">
                  {STAGE_WORDS[key].counts}
                </TableCell>
                <TableCell numeric>{formatCount(count)}</TableCell>
                <TableCell numeric>{formatPercent(ofPrevious)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      }
    >
      <BarFigure
        label={`From property to interest: ${stages.map(({ key, count }) => `${STAGE_WORDS[key].label} ${formatCount(count)}`).join(", ")}`}
        items={stages.map(({ key, count }) => ({ label: STAGE_WORDS[key].label, value: count }))}
      />
    </Figure>
  );
}
