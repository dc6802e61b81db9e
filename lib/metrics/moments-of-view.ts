import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { daysBefore, type MetricsView } from "./view";

/** When the days of a view begin and end where the desk is, as ISO moments; the first included, the second not. */
export async function momentsOfView(
  db: Db,
  { from, to }: Pick<MetricsView, "from" | "to">,
): Promise<{ since: string; until: string }> {
  const [since, until] = await Promise.all([
    db.rpc("desk_day", { p_day: from }),
    db.rpc("desk_day", { p_day: daysBefore(to, -1) }),
  ]);
  return { since: unwrap(since), until: unwrap(until) };
}
