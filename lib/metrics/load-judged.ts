import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Calibration, Confusion } from "./answers";
import { ask } from "./ask";
import type { MetricsView } from "./view";

/** What people made of the classifier's answers in a time. */
export async function loadJudged(
  db: Db,
  view: MetricsView,
): Promise<{ confusion: Confusion; calibration: Calibration }> {
  const [confusion, calibration] = await Promise.all([ask.confusion(db, view), ask.calibration(db, view)]);
  return { confusion, calibration };
}
