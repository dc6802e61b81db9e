"use client";

import { CartesianGrid, LabelList, ReferenceLine, Scatter, ScatterChart, XAxis, YAxis } from "recharts";
import { ChartContainer } from "@/components/ui/chart";
import { formatPercent } from "@/components/words/numbers";

export type CalibrationPoint = { confidence: number; right: number; mails: string };

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const tick = (value: unknown) => formatPercent(Number(value), 0);

/** How sure the classifier was against how often it was right; on the diagonal it knows itself. Each point says its mails. */
export function CalibrationFigure({ points, label }: { points: readonly CalibrationPoint[]; label: string }) {
  return (
    <ChartContainer
      config={{ right: { label: "Were right", color: "var(--chart-1)" } }}
      label={label}
      className="h-72 overflow-hidden"
    >
      <ScatterChart margin={{ top: 16, right: 24, bottom: 20, left: 0 }}>
        <CartesianGrid />
        <XAxis
          type="number"
          dataKey="confidence"
          domain={[0, 1]}
          ticks={TICKS}
          tickFormatter={tick}
          label={{ value: "confidence", position: "insideBottom", offset: -12 }}
        />
        <YAxis
          type="number"
          dataKey="right"
          domain={[0, 1]}
          ticks={TICKS}
          tickFormatter={tick}
          width={48}
          tickLine={false}
        />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          strokeDasharray="4 4"
        />
        <Scatter data={[...points]} fill="var(--color-right)" isAnimationActive={false}>
          <LabelList dataKey="mails" position="left" />
        </Scatter>
      </ScatterChart>
    </ChartContainer>
  );
}
