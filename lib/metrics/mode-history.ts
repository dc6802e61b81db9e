import { AGENT_OF } from "@/lib/approvals/decide-approval";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { momentsOfView } from "./moments-of-view";
import type { MetricsView } from "./view";

/** Rows the API gives at once. */
const AT_ONCE = 1000;

/** The checkpoints an agent proposes at; all of them without one. */
export function checkpointsOf(agent: string | undefined): string[] {
  return Object.entries(AGENT_OF).flatMap(([checkpoint, name]) =>
    agent === undefined || name === agent ? [checkpoint] : [],
  );
}

/** Every change of a checkpoint's mode or limits in a time, newest first; an agent narrows to the checkpoints it proposes at. */
export async function loadModeHistory(db: Db, view: Pick<MetricsView, "from" | "to" | "agent">) {
  const { since, until } = await momentsOfView(db, view);
  const checkpoints = checkpointsOf(view.agent);
  const page = async (before: number | null) => {
    const rows = db
      .from("mode_changes")
      .select("id, at, checkpoint, from_mode, to_mode, actor, reason")
      .in("checkpoint", checkpoints)
      .gte("at", since)
      .lt("at", until)
      .order("id", { ascending: false })
      .limit(AT_ONCE);
    return unwrap(await (before === null ? rows : rows.lt("id", before)));
  };
  const all = await page(null);
  for (let last = all.at(-1); last && all.length % AT_ONCE === 0; ) {
    const more = await page(last.id);
    all.push(...more);
    last = more.at(-1);
  }
  return all;
}
