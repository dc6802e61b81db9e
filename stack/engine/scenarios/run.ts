import { parseArgs } from "node:util";
import { scenarios } from "./all";
import { startScenarioApp } from "./app";
import { Context } from "./context";

/**
 * Proves the promises of any server that speaks the protocol, embedded or real:
 *   tsx stack/engine/scenarios/run.ts --server http://127.0.0.1:8288 [--only text] [--embedded] [--quick]
 * Prints one line per scenario and mode, then `N passed, N failed`; the exit code is 1 when one failed.
 */
const { values } = parseArgs({
  options: {
    server: { type: "string", default: "http://127.0.0.1:8288" },
    only: { type: "string", default: "" },
    embedded: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});

const isThere = await fetch(values.server, { signal: AbortSignal.timeout(5_000) }).then(
  () => true,
  () => false,
);
if (!isThere) {
  console.error(
    `No server answers at ${values.server}. Start one (npm start, or npx inngest-cli dev), or name it with --server URL.`,
  );
  process.exit(2);
}

// A real server waits up to a minute before its first two retries.
const PATIENCE_MS = 180_000;
const selected = scenarios.filter(
  (scenario) =>
    scenario.name.includes(values.only) &&
    (values.embedded || !scenario.embeddedOnly) &&
    !(values.quick && scenario.slow),
);
const stamp = Date.now().toString(36);
let passed = 0;
let failed = 0;

for (const checkpointing of [true, false]) {
  const mode = checkpointing ? "checkpointing" : "one call per step";
  const app = await startScenarioApp(values.server, selected, {
    appId: `s${checkpointing ? "cp" : "nc"}${stamp}`,
    checkpointing,
  });
  const synced = await fetch(app.url, { method: "PUT" });
  if (!synced.ok) throw new Error(`registering with ${values.server} failed: ${await synced.text()}`);
  await Promise.all(
    selected.map(async (scenario) => {
      const startedAt = Date.now();
      try {
        await scenario.check(new Context(values.server, app.kit, PATIENCE_MS));
        passed += 1;
        console.log(`ok      ${scenario.name} (${mode}, ${Date.now() - startedAt} ms)`);
      } catch (error) {
        failed += 1;
        console.log(
          `FAILED  ${scenario.name} (${mode}): ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }),
  );
  await app.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
