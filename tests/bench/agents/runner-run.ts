import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { openPglite } from "@/stack/postgres/open-pglite";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { percentile, round } from "../suite";

const ROUNDS = 60;
const WARM_UP = 10;

const ENVELOPE = JSON.stringify({
  type: "result",
  subtype: "success",
  is_error: false,
  structured_output: { ok: true },
  total_cost_usd: 0,
  usage: { input_tokens: 1, output_tokens: 1 },
});

/**
 * What the runner adds to Claude Code's own time: definition, learnings, prompt, circuit, records, and starting a program.
 * The program is the least there is (reads its input, prints one envelope); its own time is taken by starting it bare.
 * On the embedded stack, in one process, so the database's own work counts too.
 */
async function measure(): Promise<{ runner_overhead_p50_ms: number }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-runner-bench-"));
  const program = path.join(folder, "claude");
  writeFileSync(program, `#!/bin/sh\ncat > /dev/null\nprintf '%s' '${ENVELOPE}'\n`);
  chmodSync(program, 0o755);
  const db = await openPglite(path.join(folder, "postgres"));
  const supabase = await startSupabase({ db, port: 0, migrationsDir: "supabase/migrations" });
  Object.assign(process.env, {
    SUPABASE_URL: supabase.url,
    CLAUDE_CODE_PATH: program,
    LOG_LEVEL: "ERROR",
  });
  try {
    const { runAgent } = await import("@/lib/agents/run-agent");
    const schema = z.object({ ok: z.boolean() });
    const input = { mail: { subject: "Re: 12 Main St", text: "We would take $8.5M for it. ".repeat(40) } };
    const run = () => runAgent({ agent: "response-classifier", purpose: "Measure", input, schema, tags: [] });
    const own: number[] = [];
    const whole: number[] = [];
    // In turns, so that what else the machine does weighs on both alike.
    for (let index = 0; index < ROUNDS + WARM_UP; index++) {
      const bare = await timed(() => startBare(program, JSON.stringify(input)));
      const full = await timed(run);
      if (index < WARM_UP) continue;
      own.push(bare);
      whole.push(full);
    }
    console.error(
      `runner: p50 ${round(percentile(whole, 0.5))} ms a run, of that ${round(percentile(own, 0.5))} ms the program`,
    );
    return { runner_overhead_p50_ms: round(percentile(whole, 0.5) - percentile(own, 0.5)) };
  } finally {
    await supabase.close();
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function startBare(program: string, input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ["-p"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.resume();
    child.on("error", reject);
    child.on("close", () => resolve());
    child.stdin.end(input);
  });
}

console.log(JSON.stringify(await measure()));
process.exit(0);
