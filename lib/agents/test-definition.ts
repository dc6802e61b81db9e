import "server-only";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { serviceDb } from "@/lib/server/service-client";
import { passCircuit } from "./circuit";
import { definitionVersion } from "./definition-file";
import { parseDefinition } from "./definition-text";
import { AgentError } from "./failure";
import { ownSlots } from "./own-slots";
import { loadRecorded, type Recorded, replay, replayModel, replayPrompt } from "./replay";

/** A draft's answer to a recorded input, beside what was answered then. */
export interface TestResult {
  readonly runId: string;
  readonly ok: boolean;
  /** Why there is no usable answer. */
  readonly problem: string | null;
  readonly output: unknown;
  readonly recordedOutput: unknown;
  readonly agreement: { readonly bps: number; readonly note: string } | null;
  readonly attempts: number;
  readonly schemaErrors: readonly string[];
  readonly costMicrousd: number;
  readonly durationMs: number;
}

/**
 * Runs a draft on what a live run was given. Recorded as a test; nothing acts on it.
 * @throws {AgentsPausedError} while agents are paused; {AgentError} when the run cannot be repeated;
 * @throws {AgentDefinitionError} when the draft cannot be read.
 */
export async function testDefinition(source: string, liveRunId: string): Promise<TestResult> {
  const text = parseDefinition(source);
  const recorded = await loadRecorded(liveRunId);
  if (recorded.agent !== text.name)
    throw new AgentError("definition", `it is for ${text.name}, the run is of ${recorded.agent}`);
  return ownSlots().take("test", async () => {
    await passCircuit(false);
    const prompt = replayPrompt(text.prompt, recorded.learnings);
    const model = replayModel(text);
    const runId = await beginTest(recorded, definitionVersion(source), prompt, model);
    const replayed = await replay(runId, recorded, prompt, model, env().AGENT_BUDGET_USD);
    const run = unwrap(
      await serviceDb()
        .from("agent_runs")
        .select("attempts, schema_errors, cost_microusd, duration_ms")
        .eq("id", runId)
        .single(),
    );
    return {
      runId,
      ok: replayed.ok,
      problem: replayed.ok ? null : replayed.failure.message,
      output: replayed.ok ? replayed.output : null,
      recordedOutput: recorded.output,
      agreement: replayed.ok ? replayed.agreement : null,
      attempts: run.attempts,
      schemaErrors: Array.isArray(run.schema_errors) ? run.schema_errors.map(String) : [],
      costMicrousd: run.cost_microusd ?? 0,
      durationMs: run.duration_ms ?? 0,
    };
  });
}

async function beginTest(
  recorded: Recorded,
  version: string,
  prompt: string,
  model: string,
): Promise<string> {
  const { id } = unwrap(
    await serviceDb()
      .from("agent_runs")
      .insert({
        agent: recorded.agent,
        agent_version: version,
        purpose: `Test on: ${recorded.purpose}`,
        model,
        prompt,
        kind: "test",
        shadow_of: recorded.id,
        input: recorded.input as Json,
        schema_hash: recorded.schemaHash,
      })
      .select("id")
      .single(),
  );
  return id;
}
