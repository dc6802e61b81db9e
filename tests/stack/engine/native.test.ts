import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, EngineAlreadyRunningError, startEngine } from "@/stack/engine";
import { scenarios } from "@/stack/engine/scenarios/all";
import { type ScenarioApp, startScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import type { Database } from "@/stack/postgres/database";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { type NativePostgres, startNativePostgres } from "@/tests/support/native-postgres";

describe("on a native Postgres", () => {
  const quick = scenarios.filter((scenario) => !scenario.slow);
  let postgres: NativePostgres;
  let databaseUrl: string;
  let db: Database;
  let engine: Engine;
  let app: ScenarioApp;

  beforeAll(async () => {
    postgres = await startNativePostgres();
    databaseUrl = await postgres.createDatabase();
    db = await openPostgres(databaseUrl);
    engine = await startEngine({ db, port: 0, retryDelayMs: () => 30 });
    app = await startScenarioApp(engine.url, quick, { appId: "native", checkpointing: true });
    await engine.register(app.url);
  });

  afterAll(async () => {
    await engine.close();
    await app.close();
    await db.close();
    await postgres.stop();
  });

  describe.concurrent("the same promises hold", () => {
    it.each(quick)("$name", async (scenario) => {
      await scenario.check(new Context(engine.url, app.kit, 30_000));
    });
  });

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
