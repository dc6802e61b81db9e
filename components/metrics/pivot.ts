import type { TableRow } from "@/lib/metrics/table";

export interface Pivoted<Value> {
  readonly points: readonly ({ label: string } & Readonly<Record<string, string | Value>>)[];
  readonly series: readonly { readonly key: string; readonly label: string }[];
}

/** Rows of (at, series, value) as one point per `at`, in their order, with a value for each series that has one. */
export function pivot(
  rows: readonly TableRow[],
  at: string,
  by: string,
  value: string,
  say: (name: string) => string = String,
): Pivoted<number> {
  const names = [...new Set(rows.map(({ cells }) => String(cells[by])))];
  const points = new Map<string, { label: string; [key: string]: string | number }>();
  for (const { cells } of rows) {
    const label = String(cells[at]);
    const point: { label: string; [key: string]: string | number } = points.get(label) ?? { label };
    const cell = cells[value];
    if (typeof cell === "number") point[seriesKey(String(cells[by]))] = cell;
    points.set(label, point);
  }
  return {
    points: [...points.values()],
    series: names.map((name) => ({ key: seriesKey(name), label: say(name) })),
  };
}

/** Part of the name of a CSS variable, so nothing else may be in it; and never the key that holds the label. */
const seriesKey = (name: string) => `s-${name.replace(/[^a-z0-9-]/gi, "-")}`;
