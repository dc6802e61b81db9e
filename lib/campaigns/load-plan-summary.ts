import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";

const hourSchema = z.object({
  at: z.string(),
  first: z.number(),
  second: z.number(),
  third: z.number(),
  /** Mails the desk's mailboxes send for others in the same hour */
  others: z.number(),
});
export type PlanHour = z.infer<typeof hourSchema>;

const namesSchema = z.array(z.object({ id: z.string(), name: z.string(), why: z.string().nullable() }));

const changesSchema = z.object({
  /** The revision it is compared with */
  since: z.number(),
  gone: z.number(),
  came: z.number(),
  goneNames: namesSchema,
  cameNames: namesSchema,
  moved: z.number(),
  unmoved: z.number(),
  /** Seconds; the mail that moved most towards earlier and most towards later */
  movedBySMin: z.number().nullable(),
  movedBySMax: z.number().nullable(),
  ends: z.object({
    firstBefore: z.string().nullable(),
    lastBefore: z.string().nullable(),
    firstAfter: z.string().nullable(),
    lastAfter: z.string().nullable(),
  }),
  rewritten: z.number(),
  samples: z.array(
    z.object({
      step: z.number(),
      contactId: z.string(),
      name: z.string(),
      subjectBefore: z.string(),
      subjectAfter: z.string(),
      bodyBefore: z.string(),
      bodyAfter: z.string(),
    }),
  ),
});
export type PlanChanges = z.infer<typeof changesSchema>;

export interface PlanSummary {
  readonly hours: readonly PlanHour[];
  readonly changes: PlanChanges | null;
}

/** A plan hour by hour and what changed since the revision before, as counted when it was sealed. */
export async function loadPlanSummary(db: Db, campaignId: string, revision: number): Promise<PlanSummary> {
  const row = unwrapMaybe(
    await db
      .from("plan_summaries")
      .select("hours, changes")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .maybeSingle(),
  );
  return {
    hours: z.array(hourSchema).parse(row?.hours ?? []),
    changes: changesSchema.nullable().parse(row?.changes ?? null),
  };
}

export interface TimelineEntry {
  /** ISO date, or the hour "09" of one, in the campaign's zone */
  readonly label: string;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly others: number;
}

/** Mails per day, in a zone. */
export function byDay(hours: readonly PlanHour[], timeZone: string): TimelineEntry[] {
  const dayOf = dayIn(timeZone);
  return group(hours, (hour) => dayOf(hour.at));
}

/** Mails per hour of one day (ISO date), in a zone. */
export function byHour(hours: readonly PlanHour[], timeZone: string, day: string): TimelineEntry[] {
  const dayOf = dayIn(timeZone);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  return group(
    hours.filter((hour) => dayOf(hour.at) === day),
    (hour) => clock.format(new Date(hour.at)),
  );
}

function group(hours: readonly PlanHour[], labelOf: (hour: PlanHour) => string): TimelineEntry[] {
  const entries = new Map<string, TimelineEntry>();
  for (const hour of hours) {
    const label = labelOf(hour);
    const { first = 0, second = 0, third = 0, others = 0 } = entries.get(label) ?? {};
    entries.set(label, {
      label,
      first: first + hour.first,
      second: second + hour.second,
      third: third + hour.third,
      others: others + hour.others,
    });
  }
  return [...entries.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Reads ISO dates in a zone. One formatter for a whole plan: to make one for each hour took longer than all the page's queries. */
function dayIn(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone });
  return (iso) => format.format(new Date(iso));
}
