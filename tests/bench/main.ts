import os from "node:os";
import { parseArgs } from "node:util";
import type { Suite, Target } from "./suite";

/**
 * npm run bench [-- --only stack,outreach] [--json]: measures what the product promises and holds each figure against its target.
 * Timings depend on what else the machine does, so the load average is printed beside them and nothing here is a test.
 */
const SUITES: Readonly<Record<string, () => Promise<{ suite: Suite }>>> = {
  stack: () => import("./stack/suite"),
  outreach: () => import("./outreach/suite"),
  sending: () => import("./sending/suite"),
  response: () => import("./response/suite"),
  agents: () => import("./agents/suite"),
};

const { values } = parseArgs({
  options: { only: { type: "string" }, json: { type: "boolean", default: false } },
});
const names = values.only?.split(",") ?? Object.keys(SUITES);
const figures: Record<string, number> = {};
const rows: string[] = [];

for (const name of names) {
  const load = SUITES[name];
  if (load === undefined) {
    console.error(`There is no suite named ${name}; there are ${Object.keys(SUITES).join(", ")}.`);
    process.exit(2);
  }
  const { suite } = await load();
  const measured = await suite.measure();
  for (const [key, target] of Object.entries(suite.targets)) {
    const value = measured[key] ?? Number.NaN;
    figures[key] = value;
    rows.push(sayFigure(name, key, value, target));
  }
}

if (values.json) console.log(JSON.stringify(figures));
else {
  console.log(`${os.cpus().length} cores, load ${os.loadavg()[0]?.toFixed(2)}, Node ${process.version}`);
  console.log(["", ...rows].join("\n"));
}
process.exit(0);

function sayFigure(suite: string, key: string, value: number, { unit, atMost, atLeast }: Target): string {
  const goal = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  const held = atMost === undefined ? value >= (atLeast ?? 0) : value <= atMost;
  const verdict = held ? "held" : "missed";
  return `${suite.padEnd(9)} ${key.padEnd(28)} ${String(value).padStart(8)} ${unit.padEnd(8)} ${goal.padEnd(16)} ${verdict}`;
}
