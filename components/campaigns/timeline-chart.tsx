"use client";

import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from "recharts";
import { ChartContainer, ChartTooltip, ChartTooltipContent } from "@/components/ui/chart";

interface TimelineChartProps {
  readonly days: readonly {
    readonly day: string;
    readonly first: number;
    readonly second: number;
    readonly third: number;
  }[];
}

const CONFIG = {
  first: { label: "First mail", color: "var(--chart-1)" },
  second: { label: "Second mail", color: "var(--chart-2)" },
  third: { label: "Third mail", color: "var(--chart-3)" },
};

/** Mails per day, stacked by which mail of the sequence they are. */
export function TimelineChart({ days }: TimelineChartProps) {
  return (
    <ChartContainer config={CONFIG} label="Mails per day" className="h-52 w-full">
      <BarChart data={[...days]} margin={{ top: 8 }}>
        <CartesianGrid vertical={false} />
        <XAxis dataKey="day" tickFormatter={shortDay} tickLine={false} axisLine={false} minTickGap={16} />
        <YAxis allowDecimals={false} width={36} tickLine={false} axisLine={false} />
        <ChartTooltip content={<ChartTooltipContent />} />
        <Bar dataKey="first" stackId="mails" fill="var(--color-first)" isAnimationActive={false} />
        <Bar dataKey="second" stackId="mails" fill="var(--color-second)" isAnimationActive={false} />
        <Bar dataKey="third" stackId="mails" fill="var(--color-third)" isAnimationActive={false} />
      </BarChart>
    </ChartContainer>
  );
}

function shortDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString("en-US", {
    weekday: "short",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
}
