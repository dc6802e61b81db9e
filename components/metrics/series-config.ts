import type { ChartConfig } from "@/components/ui/chart";

export interface Series {
  readonly key: string;
  readonly label: string;
}

/** Names and colours of a picture's series, in their order. */
export function seriesConfig(series: readonly Series[]): ChartConfig {
  return Object.fromEntries(
    series.map(({ key, label }, index) => [key, { label, color: `var(--chart-${index + 1})` }]),
  );
}
