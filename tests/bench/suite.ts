/** What a figure must reach, and in which direction. */
export interface Target {
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/**
 * One part of the product, measured: what its figures are called and must reach, and how they are taken. `measure` answers
 * one number per target; what it prints for a reader goes to stderr, because stdout is for the figures.
 */
export interface Suite {
  readonly targets: Readonly<Record<string, Target>>;
  measure(): Promise<Readonly<Record<string, number>>>;
}

/** The value below which `share` (0-1) of the values lie; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Rounded for a reader: three significant digits below a hundred, whole numbers above. */
export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
