import { daysBefore } from "@/lib/metrics/view";

type Point = { label: string } & Readonly<Record<string, string | number>>;

/** More bars than this would be thinner than a line. */
const MOST_DAYS = 370;

/**
 * The points of a picture with one for every day from `from` to `to`, both included: a day without a row is a day on which
 * nothing happened, not one that is left out. Longer spans keep the days they have.
 */
export function everyDay<P extends Point>(
  points: readonly P[],
  from: string,
  to: string,
): (P | { label: string })[] {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  if (days > MOST_DAYS) return [...points];
  const known = new Map(points.map((point) => [point.label, point]));
  return Array.from({ length: days }, (_, index) => {
    const label = daysBefore(from, -index);
    return known.get(label) ?? { label };
  });
}
