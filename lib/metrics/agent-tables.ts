import { ask } from "./ask";
import { column, type MetricsTable, shareOf } from "./table";
import { viewHref } from "./view";

const MICRO = 1e6;
const WHOLE_BPS = 10_000;

export const agentTables = {
  agents: {
    title: "Agents, by definition and model",
    columns: [
      column("agent", "Agent", "text"),
      column("version", "Definition", "text"),
      column("model", "Model", "text"),
      column("runs", "Runs"),
      column("failed", "Failed"),
      column("success", "Succeeded", "share"),
      column("firstPass", "Right at once", "share"),
      column("p50", "Half within", "ms"),
      column("p95", "95% within", "ms"),
      column("tokens", "Tokens"),
      column("cost", "Cost", "usd"),
      column("costPerRun", "Cost per run", "usd"),
      column("learnings", "Learnings", "decimal"),
      column("lastAt", "Last run", "time"),
    ],
    load: async (db, view) =>
      (await ask.agents(db, view)).map((row) => {
        const runs = (change: Record<string, string> = {}) =>
          viewHref("/metrics/rows", view, {
            of: "runs",
            agent: row.agent,
            version: row.agent_version,
            model: row.model,
            ...change,
          });
        return {
          id: `${row.agent}/${row.agent_version}/${row.model}`,
          cells: {
            agent: row.agent,
            version: row.agent_version,
            model: row.model,
            runs: row.runs,
            failed: row.failed,
            success: shareOf(row.succeeded, row.succeeded + row.failed),
            firstPass: shareOf(row.first_pass, row.answered),
            p50: row.p50_ms,
            p95: row.p95_ms,
            tokens: row.input_tokens + row.output_tokens,
            cost: row.cost_microusd / MICRO,
            costPerRun: row.cost_microusd / MICRO / row.runs,
            learnings: row.learnings,
            lastAt: row.last_at,
          },
          links: {
            ...Object.fromEntries(
              ["runs", "p50", "p95", "tokens", "cost", "costPerRun", "learnings"].map((key) => [key, runs()]),
            ),
            failed: row.failed > 0 ? runs({ status: "failed" }) : undefined,
            success: row.succeeded > 0 ? runs({ status: "succeeded" }) : undefined,
            firstPass: row.first_pass > 0 ? runs({ first: "yes" }) : undefined,
            agent: `/settings/agents/${row.agent}`,
          },
        };
      }),
  },
  "agent-days": {
    title: "Runs per day",
    columns: [
      column("day", "Day", "day"),
      column("agent", "Agent", "text"),
      column("runs", "Runs"),
      column("failed", "Failed"),
      column("cost", "Cost", "usd"),
    ],
    load: async (db, view) =>
      (await ask.agentDays(db, view)).map((row) => {
        const runs = (status?: string) =>
          viewHref("/metrics/rows", view, {
            of: "runs",
            agent: row.agent,
            days: undefined,
            from: row.day,
            to: row.day,
            status,
          });
        return {
          id: `${row.day}/${row.agent}`,
          cells: { ...row, cost: row.cost_microusd / MICRO },
          links: { runs: runs(), cost: runs(), failed: row.failed > 0 ? runs("failed") : undefined },
        };
      }),
  },
  learnings: {
    title: "What learnings came to",
    columns: [
      column("agent", "Agent", "text"),
      column("in_use", "In use now"),
      column("said", "Said in this time"),
      column("measured", "Measured in this time"),
      column("better", "For the better"),
      column("worse", "For the worse"),
      column("mean", "Mean effect", "signed-share"),
    ],
    load: async (db, view) =>
      (await ask.learnings(db, view)).map((row) => ({
        id: row.agent,
        cells: { ...row, mean: row.mean_bps === null ? null : row.mean_bps / WHOLE_BPS },
        links: linksOf(["in_use", "said", "measured", "better", "worse"], row, (state) =>
          viewHref("/metrics/rows", view, { of: "learnings", agent: row.agent, state }),
        ),
      })),
  },
  effects: {
    title: "Measured learnings, largest effect first",
    columns: [
      column("words", "Words", "text"),
      column("agent", "Agent", "text"),
      column("effect", "Effect", "signed-share"),
      column("outcome", "Measured as", "text"),
      column("runs", "Went into runs"),
      column("measured_at", "Measured", "time"),
    ],
    load: async (db, view) =>
      (await ask.effects(db, view)).map(({ id, effect_bps, ...row }) => ({
        id,
        cells: { ...row, effect: effect_bps / WHOLE_BPS },
        links: { words: `/settings/learnings/${id}`, runs: `/settings/learnings/${id}` },
      })),
  },
} satisfies Record<string, MetricsTable>;

/** A link from each count that has rows behind it; the mean leads to what it is the mean of. */
function linksOf<Key extends string>(
  states: readonly Key[],
  row: Readonly<Record<Key, number>>,
  hrefOf: (state: Key | "measured") => string,
): Record<string, string | undefined> {
  const links = states.map((state) => [state, row[state] > 0 ? hrefOf(state) : undefined]);
  return { ...Object.fromEntries(links), mean: hrefOf("measured") };
}
