import { afterAll, beforeAll, describe, it } from "vitest";
import { scenarios } from "@/stack/engine/scenarios/all";
import { type ScenarioApp, startScenarioApp } from "@/stack/engine/scenarios/app";
import type { Scenario } from "@/stack/engine/scenarios/scenario";
import { checkAll } from "./support/check-all";
import { openEngine, type TestEngine } from "./support/open-engine";

const quick = scenarios.filter((scenario) => !scenario.slow);

describe.each([
  { mode: "with checkpointing", checkpointing: true },
  { mode: "with one call per step", checkpointing: false },
])("$mode", ({ checkpointing }) => {
  let engine: TestEngine;
  let app: ScenarioApp;
  let outcomeOf: (scenario: Scenario) => Promise<void>;

  beforeAll(async () => {
    engine = await openEngine();
    app = await startScenarioApp(engine.url, quick, { appId: checkpointing ? "cp" : "nc", checkpointing });
    await engine.register(app.url);
    outcomeOf = checkAll(engine.url, app, quick);
  });

  afterAll(async () => {
    await engine.close();
    await app.close();
  });

  it.each(quick)("$name", (scenario) => outcomeOf(scenario));
});
