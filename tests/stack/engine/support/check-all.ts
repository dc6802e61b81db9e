import type { ScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import type { Scenario } from "@/stack/engine/scenarios/scenario";

/** Checks all scenarios at the same time, since most of each is waiting; the result says how one went. */
export function checkAll(
  server: string,
  app: ScenarioApp,
  scenarios: readonly Scenario[],
): (scenario: Scenario) => Promise<void> {
  const outcomes = new Map(
    scenarios.map((scenario) => {
      const outcome = scenario.check(new Context(server, app.kit, 40_000));
      // Failures are reported by the test that asks for the outcome.
      outcome.catch(() => {});
      return [scenario, outcome] as const;
    }),
  );
  return async (scenario) => outcomes.get(scenario);
}
