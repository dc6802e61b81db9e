import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { openPglite } from "@/stack/postgres/open-pglite";
import { bootstrapDatabase } from "@/stack/supabase/bootstrap/bootstrap-database";
import { runMigrations } from "@/stack/supabase/run-migrations";
import { percentile, round, type Target } from "../suite";
import { DESK_SQL } from "./dashboard-desk";

export const dashboardTargets = {
  dashboard_query_p95_ms: { unit: "ms", atMost: 200 },
} satisfies Record<string, Target>;

const ROUNDS = 8;
const OPERATOR = "00000000-0000-4000-8009-000000000001";
const SEARCH = "00000000-0000-4000-8001-000000000003";

/** Every question a Metrics page asks, over all time, a month, and narrowed to one search and market. */
const QUESTIONS = [
  ...["all", "search", "market"].map((by) => `dashboard_funnel(:span, :search, :market, '${by}')`),
  "dashboard_agents(:span, null, null)",
  "dashboard_agent_days(:span)",
  "dashboard_checkpoints(:span)",
  "dashboard_agreement(:span)",
  "dashboard_learnings(:span)",
  "dashboard_effects(:span)",
  "dashboard_confusion(:span, :search, :market)",
  "dashboard_calibration(:span, :search, :market)",
  "dashboard_replies(:span, :search, :market)",
  "dashboard_reply_weeks(:span, :search, :market)",
  "dashboard_sends(:span, :search, :market, 'day')",
  "dashboard_sends(:span, :search, :market, 'mailbox')",
  "dashboard_domains(:span)",
  "dashboard_limits()",
  "dashboard_markets()",
];
const VIEWS = [
  { span: "current_date - 400, current_date", search: "null", market: "null" },
  { span: "current_date - 30, current_date", search: "null", market: "null" },
  { span: "current_date - 400, current_date", search: `'${SEARCH}'`, market: "'Market 3'" },
];

/** How long the pages' queries take on the embedded stack with 200,000 sends and 50,000 mails, as an operator. p95, milliseconds. */
export async function measureDashboard(): Promise<Record<keyof typeof dashboardTargets, number>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-dashboard-"));
  const db = await openPglite(path.join(folder, "postgres"));
  try {
    await bootstrapDatabase(db);
    await runMigrations(db, "supabase/migrations");
    await db.query("insert into auth.users (id, email) values ($1, 'dana@desk.test')", [OPERATOR]);
    await db.query(
      "insert into operators (id, email, display_name) values ($1, 'dana@desk.test', 'Dana Whitfield')",
      [OPERATOR],
    );
    await db.exec(DESK_SQL);
    const settings = { role: "authenticated", claims: { role: "authenticated", sub: OPERATOR } };
    const ask = (text: string) => db.transaction((sql) => sql.query(text), { settings });
    const took: number[] = [];
    const slowest = new Map<string, number>();
    for (let turn = 0; turn <= ROUNDS; turn += 1)
      for (const view of VIEWS)
        for (const question of QUESTIONS) {
          const call = question
            .replace(":span", view.span)
            .replace(":search", view.search)
            .replace(":market", view.market);
          const began = performance.now();
          await ask(`select * from public.${call}`);
          const ms = performance.now() - began;
          if (turn === 0) continue;
          took.push(ms);
          slowest.set(call, Math.max(ms, slowest.get(call) ?? 0));
        }
    const worst = [...slowest].sort((a, b) => b[1] - a[1]).slice(0, 5);
    console.error(
      `dashboard: ${took.length} queries, p50 ${round(percentile(took, 0.5))} ms; slowest ${worst.map(([call, ms]) => `${call} ${round(ms)} ms`).join("; ")}`,
    );
    return { dashboard_query_p95_ms: round(percentile(took, 0.95)) };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
