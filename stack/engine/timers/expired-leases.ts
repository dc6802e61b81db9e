import { textArray } from "../state/mapping";
import type { Unit } from "../state/unit";

/** Queues calls again whose dispatch was lost: the lease ran out and no reply is on its way. */
export async function releaseExpiredLeases(unit: Unit): Promise<void> {
  const held = unit.core.slots.tokens;
  const rows = await unit.query<{ run_id: string; step_id: string }>(
    `select run_id, step_id from engine.job where state = 'running' and lease_until < $1::timestamptz
     and id || ' ' || generation <> all($2::text[])`,
    [new Date(unit.now).toISOString(), textArray(held)],
  );
  for (const row of rows) {
    const state = await unit.find(row.run_id);
    const job = state?.calls.get(row.step_id);
    if (state && job) unit.putCall(state, { ...job, state: "queued", leaseUntil: null });
  }
}
