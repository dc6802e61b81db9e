"use client";

import * as React from "react";
import * as RechartsPrimitive from "recharts";
import { cn } from "@/components/ui/cn";

/** One entry per series: what it is called and its colour (`var(--chart-1)` to `var(--chart-5)`). */
type ChartConfig = Record<string, { label: string; color?: string }>;

const ChartContext = React.createContext<ChartConfig>({});

/**
 * Sizes a recharts chart and hands it its colours as `--color-<series>`.
 * The chart is read out as `label`; the figures themselves belong in the table behind it.
 */
function ChartContainer({
  config,
  label,
  className,
  children,
}: {
  config: ChartConfig;
  label: string;
  className?: string;
  children: React.ComponentProps<typeof RechartsPrimitive.ResponsiveContainer>["children"];
}) {
  const colours = Object.fromEntries(
    Object.entries(config).flatMap(([key, { color }]) => (color ? [[`--color-${key}`, color]] : [])),
  );
  return (
    <ChartContext value={config}>
      <div
        data-slot="chart"
        role="img"
        aria-label={label}
        style={colours}
        className={cn(
          "h-56 w-full text-xs [&_.recharts-cartesian-axis-tick-value]:fill-muted-foreground [&_.recharts-cartesian-grid_line]:stroke-border [&_.recharts-curve.recharts-tooltip-cursor]:stroke-border [&_.recharts-label]:fill-foreground [&_.recharts-label-list_text]:fill-foreground [&_.recharts-rectangle.recharts-tooltip-cursor]:fill-muted [&_.recharts-surface]:outline-none",
          className,
        )}
      >
        <RechartsPrimitive.ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 480, height: 224 }}
        >
          {children}
        </RechartsPrimitive.ResponsiveContainer>
      </div>
    </ChartContext>
  );
}

const ChartTooltip = RechartsPrimitive.Tooltip;

/** The box under the pointer: `content={<ChartTooltipContent format={formatCount} />}`. */
function ChartTooltipContent({
  active,
  payload,
  label,
  format = String,
}: Partial<RechartsPrimitive.TooltipContentProps> & { format?: (value: number) => string }) {
  const config = React.use(ChartContext);
  if (!active || !payload?.length) return null;
  return (
    <div className="grid min-w-32 gap-1 rounded-md border bg-popover px-2.5 py-1.5 text-xs text-popover-foreground shadow-md">
      {label !== undefined && <p className="font-semibold">{label}</p>}
      {payload.map((entry) => {
        const key = String(entry.dataKey ?? entry.name);
        return (
          <p key={key} className="flex items-center gap-2">
            <span
              aria-hidden="true"
              className="size-2.5 shrink-0 rounded-xs"
              style={{ background: entry.color }}
            />
            <span className="text-muted-foreground">{config[key]?.label ?? key}</span>
            <span className="ml-auto pl-3 font-semibold tabular-nums">{format(Number(entry.value))}</span>
          </p>
        );
      })}
    </div>
  );
}

const ChartLegend = RechartsPrimitive.Legend;

/** Only where direct labels have no room: `content={<ChartLegendContent />}`. */
function ChartLegendContent({ payload }: { payload?: readonly RechartsPrimitive.LegendPayload[] }) {
  const config = React.use(ChartContext);
  if (!payload?.length) return null;
  return (
    <ul className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 pt-3">
      {payload.map((entry) => {
        const key = String(entry.dataKey ?? entry.value);
        return (
          <li key={key} className="flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ background: entry.color }} />
            {config[key]?.label ?? entry.value}
          </li>
        );
      })}
    </ul>
  );
}

export {
  type ChartConfig,
  ChartContainer,
  ChartLegend,
  ChartLegendContent,
  ChartTooltip,
  ChartTooltipContent,
};
