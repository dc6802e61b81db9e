import { z } from "zod";
import { dayText } from "@/lib/server/read-query";

const id = z.uuid();

/** What an address of the Metrics pages may narrow to; what does not fit is left out. Days are the desk's, both included. */
export const metricsQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(3660).optional().catch(undefined),
  from: dayText.optional().catch(undefined),
  to: dayText.optional().catch(undefined),
  search: id.optional().catch(undefined),
  campaign: id.optional().catch(undefined),
  agent: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,60}$/)
    .optional()
    .catch(undefined),
  market: z.string().trim().min(1).max(200).optional().catch(undefined),
});
export type MetricsQuery = z.infer<typeof metricsQuerySchema>;

export interface MetricsView {
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** The preset the days come from, or null where they were chosen one by one. */
  readonly days: number | null;
  readonly search: string | undefined;
  readonly agent: string | undefined;
  readonly market: string | undefined;
}

/** Stands in an address for what no market is known of; the database holds it as an empty name. */
export const NO_MARKET = "(none)";

/** A market as the database names it. */
export function marketName(market: string): string {
  return market === NO_MARKET ? "" : market;
}

export const PRESETS = [7, 30, 90, 365] as const;
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

/** The day it is in `zone`, `YYYY-MM-DD`. */
export function dayIn(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(now);
}

/** `count` days before (or, negative, after) a day. */
export function daysBefore(date: string, count: number): string {
  return new Date(Date.parse(date) - count * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The span and filters an address means, as of `today`. Days given one by one win over a preset; turned around they are put
 * right; without either it is the last 30 days.
 */
export function readView(query: MetricsQuery, today: string): MetricsView {
  const filters = { search: query.search, agent: query.agent, market: query.market };
  if (query.from === undefined && query.to === undefined) {
    const days = query.days ?? USUAL_DAYS;
    return { from: daysBefore(today, days - 1), to: today, days, ...filters };
  }
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
  const from = query.from ?? daysBefore(to, USUAL_DAYS - 1);
  return from <= to ? { from, to, days: null, ...filters } : { from: to, to: from, days: null, ...filters };
}

/** The address of a page with this view; the usual 30 days are not written. */
export function viewHref(
  path: string,
  view: MetricsView,
  change: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const span =
    view.days === null
      ? { from: view.from, to: view.to }
      : { days: view.days === USUAL_DAYS ? undefined : view.days };
  const { search, agent, market } = view;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...span, search, agent, market, ...change }))
    if (value !== undefined && value !== "") query.set(key, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The days of a week (its Monday given) that lie in the view, as a change for `viewHref`. */
export function weekOf(monday: string, { from, to }: Pick<MetricsView, "from" | "to">) {
  const sunday = daysBefore(monday, -6);
  return { days: undefined, from: monday < from ? from : monday, to: sunday > to ? to : sunday };
}

/** "the last 30 days", or both days. */
export function saySpan({ from, to, days }: MetricsView): string {
  return days === null ? `${from} to ${to}` : days === 1 ? "today" : `the last ${days} days`;
}
