import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, EngineAlreadyRunningError, startEngine } from "@/stack/engine";
import { scenarios } from "@/stack/engine/scenarios/all";
import { type ScenarioApp, startScenarioApp } from "@/stack/engine/scenarios/app";
import type { Scenario } from "@/stack/engine/scenarios/scenario";
import type { Database } from "@/stack/postgres/database";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { type NativePostgres, startNativePostgres } from "@/tests/support/native-postgres";
import { checkAll } from "./support/check-all";

describe("on a native Postgres", () => {
  const quick = scenarios.filter((scenario) => !scenario.slow);
  let postgres: NativePostgres;
  let databaseUrl: string;
  let db: Database;
  let engine: Engine;
  let app: ScenarioApp;
  let outcomeOf: (scenario: Scenario) => Promise<void>;

  beforeAll(async () => {
    postgres = await startNativePostgres();
    databaseUrl = await postgres.createDatabase();
    db = await openPostgres(databaseUrl);
    engine = await startEngine({ db, port: 0, retryDelayMs: () => 30 });
    app = await startScenarioApp(engine.url, quick, { appId: "native", checkpointing: true });
    await engine.register(app.url);
    outcomeOf = checkAll(engine.url, app, quick);
  });

  afterAll(async () => {
    await engine.close();
    await app.close();
    await db.close();
    await postgres.stop();
  });

  it.each(quick)("$name", (scenario) => outcomeOf(scenario));

  it("a second engine on the same database is refused, and may take over once the first has stopped", async () => {
    const other = await openPostgres(databaseUrl);
    await expect(startEngine({ db: other, port: 0 })).rejects.toThrow(EngineAlreadyRunningError);
    await engine.close();
    engine = await startEngine({ db: other, port: 0 });
    const [runs] = await other.query<{ count: number }>("select count(*)::integer as count from engine.run");
    expect(runs?.count).toBeGreaterThan(50);
    await engine.close();
    await other.close();
    engine = await startEngine({ db, port: 0 });
  });
});
