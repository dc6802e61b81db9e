"use client";

import { Bar, BarChart, LabelList, XAxis, YAxis } from "recharts";
import { ChartContainer } from "@/components/ui/chart";
import { formatCount } from "@/components/words/numbers";

export type BarItem = { label: string; value: number };

/** Sideways bars with their figures written at the end: no axis to read off, no colour to look up. */
export function BarFigure({ label, items }: { label: string; items: readonly BarItem[] }) {
  const most = Math.max(1, ...items.map(({ value }) => value));
  return (
    <div style={{ height: items.length * 34 + 8 }}>
      <ChartContainer
        config={{ value: { label, color: "var(--chart-1)" } }}
        label={label}
        className="h-full overflow-hidden"
      >
        <BarChart data={[...items]} layout="vertical" margin={{ top: 4, right: 56, bottom: 4, left: 0 }}>
          <XAxis type="number" domain={[0, most]} hide />
          <YAxis type="category" dataKey="label" width={124} tickLine={false} axisLine={false} interval={0} />
          <Bar
            dataKey="value"
            fill="var(--color-value)"
            radius={3}
            barSize={20}
            minPointSize={2}
            isAnimationActive={false}
          >
            <LabelList
              dataKey="value"
              position="right"
              formatter={(value) => formatCount(Number(value))}
              className="tabular-nums"
            />
          </Bar>
        </BarChart>
      </ChartContainer>
    </div>
  );
}
