"use client";

import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from "recharts";
import { ChartContainer, ChartTooltip, ChartTooltipContent } from "@/components/ui/chart";
import { formatPercent } from "@/components/words/numbers";

export interface ChartWeek {
  /** ISO date of the week's Monday */
  readonly week: string;
  /** Approved unchanged in that week, 0 to 1 */
  readonly share: number;
  /** The lower bound at its end, 0 to 1 */
  readonly bound: number;
}

const CONFIG = {
  share: { label: "Approved unchanged", color: "var(--chart-2)" },
  bound: { label: "At least, with 95% confidence", color: "var(--chart-1)" },
};

/** How far people agreed, week by week, and where the bound stood against the bar. */
export function TrustChart({
  weeks,
  bar,
  label,
}: {
  weeks: readonly ChartWeek[];
  bar: number;
  label: string;
}) {
  return (
    <ChartContainer config={CONFIG} label={label} className="h-40 w-full overflow-hidden">
      <LineChart data={[...weeks]} margin={{ top: 12, right: 12 }}>
        <CartesianGrid vertical={false} />
        <XAxis dataKey="week" tickFormatter={sayWeek} tickLine={false} axisLine={false} minTickGap={24} />
        <YAxis
          domain={[0, 1]}
          ticks={[0, 0.5, 1]}
          tickFormatter={inPercent}
          width={40}
          tickLine={false}
          axisLine={false}
        />
        <ChartTooltip content={<ChartTooltipContent format={inPercent} />} />
        <ReferenceLine
          y={bar}
          stroke="var(--muted-foreground)"
          strokeDasharray="4 4"
          label={{ value: `bar ${inPercent(bar)}`, position: "insideBottomLeft", fontSize: 11 }}
        />
        <Line
          dataKey="share"
          stroke="var(--color-share)"
          strokeDasharray="2 3"
          dot={{ r: 2 }}
          isAnimationActive={false}
        />
        <Line
          dataKey="bound"
          stroke="var(--color-bound)"
          strokeWidth={2}
          dot={{ r: 3 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ChartContainer>
  );
}

function inPercent(share: number): string {
  return formatPercent(share, 0);
}

function sayWeek(week: string): string {
  return new Date(`${week}T00:00:00Z`).toLocaleDateString("en-US", {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
}
