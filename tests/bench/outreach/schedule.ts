import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { round } from "../suite";

const answer = z.object({ ms: z.number(), mb: z.number() });

/**
 * Places the three mails of 10,000 and of 100,000 contacts in time, over all US zones, eight mailboxes of which one warms up and one has
 * mail scheduled already. Each in a process of its own; the whole process counts as memory.
 * @returns `schedule_100k_ms`, `schedule_100k_mb`, `schedule_growth`
 */
export async function measureSchedule(): Promise<Readonly<Record<string, number>>> {
  const small = await plan(10_000);
  const large = await plan(100_000);
  console.error(`  schedule: 10,000 contacts in ${round(small.ms)} ms, 100,000 in ${round(large.ms)} ms`);
  return {
    schedule_100k_ms: round(large.ms),
    schedule_100k_mb: round(large.mb),
    schedule_growth: round(large.ms / small.ms),
  };
}

async function plan(contacts: number): Promise<z.infer<typeof answer>> {
  const { stdout } = await execa(
    process.execPath,
    [
      "--conditions=react-server",
      "--import",
      "tsx",
      path.join(import.meta.dirname, "schedule-run.ts"),
      String(contacts),
    ],
    { env: { NODE_NO_WARNINGS: "1" }, stderr: "inherit" },
  );
  return answer.parse(JSON.parse(stdout));
}
