import { afterAll, beforeAll, describe, it } from "vitest";
import { scenarios } from "@/stack/engine/scenarios/all";
import { type ScenarioApp, startScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import { openEngine, type TestEngine } from "./support/open-engine";

const quick = scenarios.filter((scenario) => !scenario.slow);

describe.each([
  { mode: "with checkpointing", checkpointing: true },
  { mode: "with one call per step", checkpointing: false },
])("$mode", ({ checkpointing }) => {
  let engine: TestEngine;
  let app: ScenarioApp;

  beforeAll(async () => {
    engine = await openEngine();
    app = await startScenarioApp(engine.url, quick, { appId: checkpointing ? "cp" : "nc", checkpointing });
    await engine.register(app.url);
  });

  afterAll(async () => {
    await engine.close();
    await app.close();
  });

  describe.concurrent("promises", () => {
    it.each(quick)("$name", async (scenario) => {
      await scenario.check(new Context(engine.url, app.kit, 30_000));
    });
  });
});
