import "server-only";
import { z } from "zod";
import { limitsOf } from "@/lib/schedule/mailbox-limits";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import type { Situation, SituationCampaign, SituationMail, SituationMailbox } from "./situation";

const PAGE = 1000;
/** A page shows hours, not months; with more due than this its end is cut off and said to be. */
export const MOST_MAILS = 20_000;

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const mailSchema = z.object({
  id: z.string(),
  kind: z.enum(["sequence", "manual_reply"]),
  step: z.number().nullable(),
  mailboxId: z.string(),
  campaignId: z.string().nullable(),
  campaign: z.string().nullable(),
  contactId: z.string(),
  enrollmentId: z.string().nullable(),
  dueAt: z.string(),
  to: z.string(),
  subject: z.string(),
  zone: z.string().nullable(),
  gap: z.number().nullable(),
  beforeStatus: z.string().nullable(),
  beforeSentAt: instant.nullable(),
  ended: z.string().nullable(),
  barred: z.string().nullable(),
  spacingS: z.number().nullable(),
});
const ledgerSchema = z.array(
  z.object({ mailboxId: z.string(), campaignId: z.string().nullable(), at: z.array(z.number()) }),
);
const settingsSchema = z.object({
  spacingMinS: z.number().catch(0),
  batchSize: z.number().catch(0),
  batchPauseS: z.number().catch(0),
  dailyLimit: z.number().nullable().catch(null),
});

/** Reads what the dispatcher would look at until `until`, without changing a row. */
export async function loadSituation(db: Db, now: number, until: number): Promise<Situation> {
  const [desk, killSwitch, mailboxes, campaigns, ledger, mails] = await Promise.all([
    db.from("desk_settings").select("time_zone, hourly_limit, daily_limit").eq("id", 1).single(),
    db.from("kill_switch").select("pulled, reason").eq("id", 1).single(),
    db.from("mailboxes").select("*, mailbox_pace(*)").eq("status", "active").order("address"),
    db.from("campaigns").select("*").eq("status", "active"),
    db.rpc("send_ledger", { p_now: new Date(now).toISOString() }),
    loadMails(db, until),
  ]);
  const { time_zone: zone, hourly_limit: hourlyLimit, daily_limit: dailyLimit } = unwrap(desk);
  const { pulled, reason } = unwrap(killSwitch);
  return {
    now,
    desk: { zone, hourlyLimit, dailyLimit },
    stoppedBecause: pulled ? (reason ?? "the kill switch is pulled") : null,
    mailboxes: unwrap(mailboxes).map((row) => toMailbox(row, row.mailbox_pace)),
    campaigns: new Map(unwrap(campaigns).map((row) => [row.id, toCampaign(row)])),
    ledger: ledgerSchema.parse(unwrap(ledger)),
    mails,
  };
}

async function loadMails(db: Db, until: number): Promise<SituationMail[]> {
  const mails: SituationMail[] = [];
  let after = { due: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
  while (mails.length < MOST_MAILS) {
    const page = z.array(mailSchema).parse(
      unwrap(
        await db.rpc("scheduled_ahead", {
          p_until: new Date(until).toISOString(),
          p_after_due: after.due,
          p_after_id: after.id,
          p_limit: PAGE,
        }),
      ),
    );
    mails.push(...page.map((mail) => ({ ...mail, dueAt: Date.parse(mail.dueAt) })));
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    // The text keeps the microseconds that a JavaScript date would lose.
    after = { due: last.dueAt, id: last.id };
  }
  return mails;
}

function toMailbox(
  row: Tables<"mailboxes">,
  pace: Tables<"mailbox_pace"> | null | undefined,
): SituationMailbox {
  return {
    id: row.id,
    address: row.address,
    hourlyLimit: row.hourly_limit,
    limits: limitsOf(row),
    pace: {
      handedAt: toMs(pace?.handed_at),
      floorAt: toMs(pace?.floor_at),
      freeAt: toMs(pace?.free_at),
      inBatch: pace?.in_batch ?? 0,
      rests: pace?.rests ?? false,
    },
  };
}

function toCampaign(row: Tables<"campaigns">): SituationCampaign {
  return {
    ...settingsSchema.parse(row.settings),
    window: {
      start: row.window_start.slice(0, 5),
      end: row.window_end.slice(0, 5),
      days: row.window_days,
      closedDates: new Set(row.closed_dates),
    },
  };
}

const toMs = (iso: string | null | undefined) => (iso ? Date.parse(iso) : null);
