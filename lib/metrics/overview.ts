import { z } from "zod";

const count = z.coerce.number();

const agentSchema = z.object({
  agent: z.string(),
  runs: count,
  succeeded: count,
  failed: count,
  median_ms: count.nullable(),
  tokens: count,
  cost_microusd: count,
});

/** What `desk_overview` answers. Counts; durations in milliseconds, costs in millionths of a dollar. */
export const overviewSchema = z.object({
  approvalsPending: count,
  repliesForAPerson: count,
  uncertainSends: count,
  searches: count,
  properties: count,
  contacts: count,
  enrolled: count,
  scheduled: count,
  sent: count,
  sentLastHour: count,
  sentLastDay: count,
  replied: count,
  byCategory: z.record(z.string(), count),
  agents: z.array(agentSchema),
});
export type Overview = z.infer<typeof overviewSchema>;

export const RANGES = [7, 30, 90] as const;
export type RangeDays = (typeof RANGES)[number];

/** The range of an address; anything else is 30 days. */
export const rangeSchema = z.coerce
  .number()
  .pipe(z.union([z.literal(7), z.literal(30), z.literal(90)]))
  .catch(30);

export interface FunnelStage {
  readonly key: "properties" | "contacts" | "enrolled" | "sent" | "replied" | "warm";
  readonly count: number;
  /** Share of the stage before, 0 to 1; null where the stage before is empty or counts something else. */
  readonly ofPrevious: number | null;
}

/**
 * From what CoStar gave to who is interested. A contact has several properties and gets several mails, so only the steps
 * that count the same thing have a share: contacts → enrolled, replied → interested or priced.
 */
export function funnelOf(overview: Overview): FunnelStage[] {
  const warm = (overview.byCategory.interested ?? 0) + (overview.byCategory.pricing_given ?? 0);
  const share = (part: number, whole: number) => (whole > 0 && part <= whole ? part / whole : null);
  return [
    { key: "properties", count: overview.properties, ofPrevious: null },
    { key: "contacts", count: overview.contacts, ofPrevious: null },
    { key: "enrolled", count: overview.enrolled, ofPrevious: share(overview.enrolled, overview.contacts) },
    { key: "sent", count: overview.sent, ofPrevious: null },
    { key: "replied", count: overview.replied, ofPrevious: null },
    { key: "warm", count: warm, ofPrevious: share(warm, overview.replied) },
  ];
}

/** Replies by category, the most frequent first; of the same count, by name. */
export function categoriesOf(overview: Overview): { category: string; count: number }[] {
  return Object.entries(overview.byCategory)
    .map(([category, n]) => ({ category, count: n }))
    .sort((a, b) => b.count - a.count || a.category.localeCompare(b.category));
}
