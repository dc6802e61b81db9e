import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import {
  agentDaysAnswer,
  agentsAnswer,
  agreementAnswer,
  calibrationAnswer,
  checkpointsAnswer,
  confusionAnswer,
  domainsAnswer,
  effectsAnswer,
  funnelAnswer,
  learningsAnswer,
  limitsAnswer,
  repliesAnswer,
  replyWeeksAnswer,
  sendsAnswer,
} from "./answers";
import { type MetricsView, marketName } from "./view";

const spanOf = ({ from, to }: MetricsView) => ({ p_from: from, p_to: to });
/** Optional arguments that are absent are left out: the API knows no `undefined`. */
const searchOf = ({ search, market }: MetricsView) => ({
  ...(search === undefined ? {} : { p_search: search }),
  ...(market === undefined ? {} : { p_market: marketName(market) }),
});
const agentOf = ({ agent }: MetricsView) => (agent === undefined ? {} : { p_agent: agent });
const filtersOf = (view: MetricsView) => ({ ...agentOf(view), ...searchOf(view) });

/** One call per question of the Metrics pages; each throws {DatabaseError} where the database refuses. */
export const ask = {
  funnel: async (db: Db, view: MetricsView, by: "all" | "search" | "market") =>
    funnelAnswer.parse(
      unwrap(await db.rpc("dashboard_funnel", { ...spanOf(view), ...searchOf(view), p_by: by })),
    ),
  agents: async (db: Db, view: MetricsView) =>
    agentsAnswer.parse(unwrap(await db.rpc("dashboard_agents", { ...spanOf(view), ...filtersOf(view) }))),
  agentDays: async (db: Db, view: MetricsView) =>
    agentDaysAnswer.parse(
      unwrap(await db.rpc("dashboard_agent_days", { ...spanOf(view), ...filtersOf(view) })),
    ),
  checkpoints: async (db: Db, view: MetricsView) =>
    checkpointsAnswer.parse(
      unwrap(await db.rpc("dashboard_checkpoints", { ...spanOf(view), ...filtersOf(view) })),
    ),
  agreement: async (db: Db, view: MetricsView) =>
    agreementAnswer.parse(
      unwrap(await db.rpc("dashboard_agreement", { ...spanOf(view), ...filtersOf(view) })),
    ),
  learnings: async (db: Db, view: MetricsView) =>
    learningsAnswer.parse(
      unwrap(await db.rpc("dashboard_learnings", { ...spanOf(view), ...filtersOf(view) })),
    ),
  effects: async (db: Db, view: MetricsView) =>
    effectsAnswer.parse(unwrap(await db.rpc("dashboard_effects", { ...spanOf(view), ...filtersOf(view) }))),
  confusion: async (db: Db, view: MetricsView) =>
    confusionAnswer.parse(
      unwrap(await db.rpc("dashboard_confusion", { ...spanOf(view), ...searchOf(view) })),
    ),
  calibration: async (db: Db, view: MetricsView) =>
    calibrationAnswer.parse(
      unwrap(await db.rpc("dashboard_calibration", { ...spanOf(view), ...searchOf(view) })),
    ),
  replies: async (db: Db, view: MetricsView) =>
    repliesAnswer.parse(unwrap(await db.rpc("dashboard_replies", { ...spanOf(view), ...searchOf(view) }))),
  replyWeeks: async (db: Db, view: MetricsView) =>
    replyWeeksAnswer.parse(
      unwrap(await db.rpc("dashboard_reply_weeks", { ...spanOf(view), ...searchOf(view) })),
    ),
  sends: async (db: Db, view: MetricsView, by: "day" | "mailbox") =>
    sendsAnswer.parse(
      unwrap(await db.rpc("dashboard_sends", { ...spanOf(view), ...searchOf(view), p_by: by })),
    ),
  domains: async (db: Db, view: MetricsView) =>
    domainsAnswer.parse(unwrap(await db.rpc("dashboard_domains", spanOf(view)))),
  limits: async (db: Db) => limitsAnswer.parse(unwrap(await db.rpc("dashboard_limits"))),
};
