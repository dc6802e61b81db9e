import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure } from "@/lib/server/database-error";
import type { MailboxLimitsInput } from "./mailbox-limits-input";

/** Writes a mailbox's limits and warm-up with their audit row; every reservation from then on obeys them. */
export async function setMailboxLimits(
  db: Db,
  { id, hourly, daily, ramp }: MailboxLimitsInput,
): Promise<void> {
  ensure(
    await db.rpc("set_mailbox_limits", {
      p_id: id,
      p_hourly: hourly,
      p_daily: daily,
      p_ramp_started_on: ramp?.startedOn,
      p_ramp_start_per_day: ramp?.startPerDay,
      p_ramp_step_per_day: ramp?.stepPerDay,
    }),
  );
}
