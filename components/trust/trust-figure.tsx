import { Figure } from "@/components/shell/figure";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount } from "@/components/words/numbers";
import type { TrendWeek } from "@/lib/trust/load-history";
import { TrustChart } from "./trust-chart";
import { sayBound } from "./trust-words";

/** A checkpoint's trust over half a year, with the counts behind it. */
export function TrustFigure({
  title,
  weeks,
  bar,
}: {
  title: string;
  weeks: readonly TrendWeek[];
  bar: number;
}) {
  return (
    <Figure
      title={title}
      unit="share of what people judged, by week"
      note="Solid: what the share is at least, with 95% confidence, over the newest decisions. Dotted: approved unchanged in that week."
      table={
        <div className="overflow-x-auto">
          <Table>
            <TableHeader>
              <TableRow>
                <TableHead>Week of</TableHead>
                <TableHead numeric>Judged</TableHead>
                <TableHead numeric>Unchanged</TableHead>
                <TableHead numeric>Edited</TableHead>
                <TableHead numeric>Changes</TableHead>
                <TableHead numeric>Rejected</TableHead>
                <TableHead numeric>At least</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {weeks.map((week) => (
                <TableRow key={week.week}>
                  <TableCell className="whitespace-nowrap">{week.week}</TableCell>
                  <TableCell numeric>{formatCount(week.decisions)}</TableCell>
                  <TableCell numeric>{formatCount(week.unchanged)}</TableCell>
                  <TableCell numeric>{formatCount(week.edited)}</TableCell>
                  <TableCell numeric>{formatCount(week.changesAsked)}</TableCell>
                  <TableCell numeric>{formatCount(week.rejected)}</TableCell>
                  <TableCell numeric>{sayBound(week.bound)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      }
    >
      <TrustChart
        label={`${title}, week by week`}
        bar={bar}
        weeks={weeks.map((week) => ({
          week: week.week,
          share: week.unchanged / week.decisions,
          bound: week.bound,
        }))}
      />
    </Figure>
  );
}
