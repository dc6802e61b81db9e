"use client";

import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from "recharts";
import {
  ChartContainer,
  ChartLegend,
  ChartLegendContent,
  ChartTooltip,
  ChartTooltipContent,
} from "@/components/ui/chart";
import { formatDuration, formatPercent } from "@/components/words/numbers";
import { type Series, seriesConfig } from "./series-config";

type LinePoint = { label: string } & Readonly<Record<string, string | number | null>>;

const FORMATS = { share: formatPercent, ms: formatDuration };
const DASHES = ["", "6 3", "2 3", "8 3 2 3"];

type LinesFigureProps = {
  /** Read out in place of the picture. */
  label: string;
  points: readonly LinePoint[];
  series: readonly Series[];
  kind: keyof typeof FORMATS;
  /** A level to compare with, and its name. */
  level?: { value: number; label: string };
};

/** Lines over time. Each has a dash of its own, so that no line is known by colour alone. */
export function LinesFigure({ label, points, series, kind, level }: LinesFigureProps) {
  const format = FORMATS[kind];
  return (
    <ChartContainer config={seriesConfig(series)} label={label} className="h-64 overflow-hidden">
      <LineChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} />
        <XAxis dataKey="label" tickLine={false} axisLine={false} minTickGap={24} />
        <YAxis
          width={92}
          tickLine={false}
          axisLine={false}
          domain={kind === "share" ? [0, 1] : [0, "auto"]}
          tickFormatter={(value) =>
            kind === "share" ? `${Math.round(Number(value) * 100)}%` : format(Number(value))
          }
        />
        <ChartTooltip content={<ChartTooltipContent format={(value) => format(value)} />} />
        {level && (
          <ReferenceLine
            y={level.value}
            strokeDasharray="4 4"
            label={{ value: level.label, position: "insideTopRight" }}
          />
        )}
        {series.map(({ key }, index) => (
          <Line
            key={key}
            dataKey={key}
            stroke={`var(--color-${key})`}
            strokeWidth={2}
            strokeDasharray={DASHES[index % DASHES.length] ?? ""}
            dot={{ r: 3 }}
            connectNulls
            isAnimationActive={false}
          />
        ))}
        <ChartLegend content={<ChartLegendContent />} />
      </LineChart>
    </ChartContainer>
  );
}
