import "server-only";
import { z } from "zod";
import { registerMailboxes } from "@/lib/mailbox/register-mailboxes";
import { limitSteps } from "@/lib/schedule/daily-limit";
import { limitsOf } from "@/lib/schedule/mailbox-limits";
import type { PlanningMailbox } from "@/lib/schedule/plan-sends";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const loadSchema = z.array(z.object({ mailboxId: z.string(), taken: z.array(z.number()) }));

export interface PlanningMailboxes {
  readonly mailboxes: PlanningMailbox[];
  /** Epoch milliseconds of the mails of all other mailboxes */
  readonly takenElsewhere: number[];
}

interface Choice {
  /** Whose scheduled mails are about to be placed anew and take no place meanwhile */
  readonly without?: string;
  /** Mailboxes that have threads of their own: planned with even while they are paused */
  readonly threads?: ReadonlySet<string>;
}

/**
 * What a plan may send from: active mailboxes with their limits and warm-up, and what is already scheduled or sent on them.
 * @param needed false when nobody is to be mailed; then no mailbox is looked for.
 */
export async function loadPlanningMailboxes(
  needed: boolean,
  { without, threads = new Set() }: Choice = {},
): Promise<PlanningMailboxes> {
  if (!needed) return { mailboxes: [], takenElsewhere: [] };
  const db = serviceDb();
  const all = () =>
    db
      .from("mailboxes")
      .select("id, status, hourly_limit, daily_limit, ramp_started_on, ramp_start_per_day, ramp_step_per_day")
      .order("address");
  let rows = unwrap(await all());
  if (!rows.some((row) => row.status === "active")) {
    // A desk that has just started may not have met its relay yet.
    await registerMailboxes();
    rows = unwrap(await all());
  }
  const desk = unwrap(await db.from("desk_settings").select("time_zone").eq("id", 1).single());
  const load = new Map(
    loadSchema
      .parse(unwrap(await db.rpc("planning_load", { p_without: without })))
      .map((entry) => [entry.mailboxId, entry.taken]),
  );
  const now = Date.now();
  const mailboxes = rows
    .filter((row) => row.status === "active" || threads.has(row.id))
    .map((row) => ({
      mailboxId: row.id,
      hourlyLimit: row.hourly_limit,
      dailyLimit: limitSteps(limitsOf(row), now, desk.time_zone),
      taken: load.get(row.id) ?? [],
    }));
  const planned = new Set(mailboxes.map((mailbox) => mailbox.mailboxId));
  return {
    mailboxes,
    takenElsewhere: [...load].flatMap(([id, taken]) => (planned.has(id) ? [] : taken)),
  };
}
