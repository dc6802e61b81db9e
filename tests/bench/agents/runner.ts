import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Target } from "../suite";

export const runnerTargets = {
  runner_overhead_p50_ms: { unit: "ms", atMost: 40 },
} satisfies Record<string, Target>;

const figures = z.object({ runner_overhead_p50_ms: z.number() });

/** Measured in a process of its own, in which modules that are for servers alone may be loaded. */
export async function measureRunner(): Promise<Record<keyof typeof runnerTargets, number>> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", path.join(import.meta.dirname, "runner-run.ts")],
    { encoding: "utf8" },
  );
  process.stderr.write(stderr.replace(/^.*supabase-js.*\n*/gm, ""));
  return figures.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
