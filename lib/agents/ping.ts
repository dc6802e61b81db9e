import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { passCircuit, readAgentPause, reportAnswer, reportFailure } from "./circuit";
import { askClaude } from "./claude-cli";
import { toCliSchema } from "./cli-schema";
import { AgentError, AgentsPausedError } from "./failure";

const PING_PROMPT = "# ping\n\nAnswer with `ok` set to true.\n";
const pingSchema = z.object({ ok: z.boolean() });

/** A minute is enough for one word. */
const LONGEST_MS = 60_000;

export type Ping =
  | { readonly outcome: "answered" }
  | { readonly outcome: "paused"; readonly until: string; readonly reason: string };

/**
 * Finds out at the least cost whether the provider is back, when agents are paused and their next try is due.
 * @throws {AgentError} when Claude Code itself cannot be started.
 */
export async function pingProvider(): Promise<Ping> {
  let pass = { probe: false };
  try {
    pass = await passCircuit();
    if (!pass.probe) return { outcome: "answered" };
    await askClaude({
      program: env().CLAUDE_CODE_PATH,
      systemPrompt: PING_PROMPT,
      input: {},
      jsonSchema: toCliSchema(pingSchema),
      model: env().CLAUDE_MODEL,
      timeoutMs: Math.min(LONGEST_MS, env().AGENT_TIMEOUT_S * 1000),
      budgetUsd: env().AGENT_BUDGET_USD,
    });
    await reportAnswer();
    return { outcome: "answered" };
  } catch (error) {
    if (error instanceof AgentsPausedError)
      return { outcome: "paused", until: error.until, reason: error.reason };
    if (!(error instanceof AgentError)) throw error;
    const pause = await reportFailure(error, pass);
    return pause ? { outcome: "paused", until: pause.until, reason: pause.reason } : { outcome: "answered" };
  }
}

/** A person does not want to wait for the next try: asks at once. */
export async function tryAgentsNow(db: Db): Promise<Ping> {
  unwrap(await db.rpc("retry_agents_now"));
  const ping = await pingProvider();
  if (ping.outcome === "answered") return ping;
  const pause = await readAgentPause(db);
  return pause ? { outcome: "paused", until: pause.retryAt, reason: pause.message } : { outcome: "answered" };
}
