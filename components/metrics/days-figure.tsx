"use client";

import { Bar, BarChart, CartesianGrid, ReferenceLine, XAxis, YAxis } from "recharts";
import {
  ChartContainer,
  ChartLegend,
  ChartLegendContent,
  ChartTooltip,
  ChartTooltipContent,
} from "@/components/ui/chart";
import { formatCount } from "@/components/words/numbers";
import { type Series, seriesConfig } from "./series-config";

type DayPoint = { label: string } & Readonly<Record<string, string | number>>;

type DaysFigureProps = {
  label: string;
  points: readonly DayPoint[];
  series: readonly Series[];
  limit?: { value: number; label: string };
};

/** Stacked bars, one per day. The limit is drawn only where the bars come near it; its number is said beside the picture. */
export function DaysFigure({ label, points, series, limit }: DaysFigureProps) {
  const tallest = Math.max(
    0,
    ...points.map((point) => series.reduce((sum, { key }) => sum + Number(point[key] ?? 0), 0)),
  );
  const isNear = limit !== undefined && tallest >= limit.value / 3;
  return (
    <ChartContainer config={seriesConfig(series)} label={label} className="h-64 overflow-hidden">
      <BarChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} />
        <XAxis dataKey="label" tickLine={false} axisLine={false} minTickGap={24} />
        <YAxis
          width={48}
          tickLine={false}
          axisLine={false}
          allowDecimals={false}
          domain={[0, isNear ? Math.max(tallest, limit.value) : "auto"]}
          tickFormatter={(value) => formatCount(Number(value))}
        />
        <ChartTooltip content={<ChartTooltipContent format={formatCount} />} />
        {isNear && (
          <ReferenceLine
            y={limit.value}
            strokeDasharray="4 4"
            label={{ value: limit.label, position: "insideTopRight" }}
          />
        )}
        {series.map(({ key }) => (
          <Bar key={key} dataKey={key} stackId="day" fill={`var(--color-${key})`} isAnimationActive={false} />
        ))}
        {series.length > 1 && <ChartLegend content={<ChartLegendContent />} />}
      </BarChart>
    </ChartContainer>
  );
}
