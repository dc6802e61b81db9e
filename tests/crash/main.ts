import os from "node:os";
import { parseArgs } from "node:util";
import { runCrash } from "./run-crash";

/**
 * npm run crash -- [--kills 300] [--seed n] [--json]: kills the processes of a sending desk at random moments and counts what
 * was handed over. Ends with 1 when a mail left twice or got lost.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "300" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    json: { type: "boolean", default: false },
  },
});
const kills = Number(values.kills);
const startedAt = Date.now();
const result = await runCrash({
  kills,
  // One hour's limit is 1,000 mails.
  mailsPerKill: Math.max(1, Math.min(2, Math.floor(900 / kills))),
  graceS: 15,
  seed: Number(values.seed),
  patienceMs: 10 * 60_000,
  say: (line) => process.stderr.write(`${line}\n`),
});
if (values.json) console.log(JSON.stringify(result));
else {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(
    `${result.kills} kills in ${seconds} s (seed ${values.seed}, load ${os.loadavg()[0]?.toFixed(2)}): ${result.sent} mails ` +
      `left, ${result.duplicates} twice, ${result.lost} lost, ${result.uncertain} were a person's to settle.`,
  );
}
process.exit(result.duplicates + result.lost === 0 ? 0 : 1);
