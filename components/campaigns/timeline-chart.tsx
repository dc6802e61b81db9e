"use client";

import { Bar, BarChart, CartesianGrid, ReferenceLine, XAxis, YAxis } from "recharts";
import { ChartContainer, ChartTooltip, ChartTooltipContent } from "@/components/ui/chart";
import { timelineLabel } from "./timeline-label";

interface TimelineChartProps {
  readonly kind: "day" | "hour";
  readonly entries: readonly {
    readonly label: string;
    readonly first: number;
    readonly second: number;
    readonly third: number;
    readonly others: number;
  }[];
  /** A line where it lies within the picture */
  readonly limit: number;
}

const CONFIG = {
  first: { label: "First mail", color: "var(--chart-1)" },
  second: { label: "Second mail", color: "var(--chart-2)" },
  third: { label: "Third mail", color: "var(--chart-3)" },
  others: { label: "Other campaigns", color: "var(--chart-4)" },
};

/** Mails per day, or per hour of one, stacked by which mail of the sequence they are, beside those of other campaigns. */
export function TimelineChart({ kind, entries, limit }: TimelineChartProps) {
  return (
    <ChartContainer config={CONFIG} label={`Mails per ${kind}`} className="h-52 w-full">
      <BarChart data={[...entries]} margin={{ top: 8 }}>
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="label"
          tickFormatter={(label: string) => timelineLabel(kind, label)}
          tickLine={false}
          axisLine={false}
          minTickGap={16}
        />
        <YAxis allowDecimals={false} width={44} tickLine={false} axisLine={false} />
        <ChartTooltip content={<ChartTooltipContent />} />
        <ReferenceLine y={limit} stroke="var(--danger)" strokeDasharray="4 4" />
        <Bar dataKey="first" stackId="mails" fill="var(--color-first)" isAnimationActive={false} />
        <Bar dataKey="second" stackId="mails" fill="var(--color-second)" isAnimationActive={false} />
        <Bar dataKey="third" stackId="mails" fill="var(--color-third)" isAnimationActive={false} />
        <Bar dataKey="others" stackId="mails" fill="var(--color-others)" isAnimationActive={false} />
      </BarChart>
    </ChartContainer>
  );
}
