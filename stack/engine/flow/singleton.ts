import type { FunctionConfig } from "../functions/config";
import { cancelRun } from "../runs/end-run";
import type { Unit } from "../state/unit";

const UNFINISHED = `select id from engine.run
  where function_id = $1 and singleton_key = $2 and ended_at is null and singleton_key is not null`;

/** Whether a singleton may start: `skip` gives way to a run that is not finished, `cancel` ends it. */
export async function makeWayForSingleton(unit: Unit, fn: FunctionConfig, key: string): Promise<boolean> {
  const rows = await unit.query<{ id: string }>(UNFINISHED, [fn.id, key]);
  if (rows.length > 0 && fn.singleton?.mode === "skip") return false;
  for (const { id } of rows) {
    const state = await unit.find(id);
    if (state) await cancelRun(unit, state, "cancelled by a newer run of this singleton");
  }
  return true;
}
