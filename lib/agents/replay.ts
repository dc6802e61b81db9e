import "server-only";
import { z } from "zod";
import { type Agreement, compareOutputs, readLookups } from "@/lib/agents/compare-outputs";
import { checkPayloads } from "@/lib/criteria/check-payloads";
import { sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { serviceDb } from "@/lib/server/service-client";
import { readAnswerSchema } from "./answer-schema";
import { askWithRepair, noProgress } from "./ask-with-repair";
import { AGENTS, type AgentDefinition, type AgentName } from "./definition";
import { AgentError, asAgentError } from "./failure";
import { judgeAnswer } from "./judge-answer";
import { LEARNINGS_HEADING } from "./learnings/fit-learnings";
import { finishRun } from "./record-run";

/** What a live run was given and what it answered. */
export interface Recorded {
  readonly id: string;
  readonly agent: AgentName;
  readonly purpose: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly schemaHash: string;
  readonly output: Json;
  /** The learnings in its prompt, as lines: a replay is given the same, so that only the definition differs. */
  readonly learnings: readonly string[];
}

/** @throws {AgentError} when the run is of a time before inputs were kept. */
export async function loadRecorded(runId: string): Promise<Recorded> {
  const run = unwrap(
    await serviceDb()
      .from("agent_runs")
      .select("id, agent, purpose, input, schema_hash, output, agent_run_learnings(line, feedback_id)")
      .eq("id", runId)
      .eq("kind", "live")
      .single(),
  );
  const input = z.record(z.string(), z.unknown()).safeParse(run.input);
  if (!input.success || run.schema_hash === null)
    throw new AgentError("broken", "this run is from before inputs were kept");
  return {
    id: run.id,
    agent: z.enum(AGENTS).parse(run.agent),
    purpose: run.purpose,
    input: input.data,
    schemaHash: run.schema_hash,
    output: run.output,
    learnings: run.agent_run_learnings.map(({ line }) => line),
  };
}

export function replayPrompt(definitionPrompt: string, learnings: readonly string[]): string {
  if (learnings.length === 0) return definitionPrompt;
  return `${definitionPrompt}\n\n${LEARNINGS_HEADING}\n${learnings.join("\n")}\n`;
}

export function replayModel(definition: Pick<AgentDefinition, "model">): string {
  return definition.model ?? env().CLAUDE_MODEL;
}

export type Replayed =
  | { readonly ok: true; readonly output: unknown; readonly agreement: Agreement | null }
  | { readonly ok: false; readonly failure: AgentError };

/**
 * Asks another definition what a live run was asked, and writes the answer into `runId`. Nothing acts on it, and its
 * failure pauses nobody.
 */
export async function replay(
  runId: string,
  recorded: Recorded,
  prompt: string,
  model: string,
  budgetUsd: number,
): Promise<Replayed> {
  const { json, schema } = await readAnswerSchema(recorded.schemaHash);
  const started = Date.now();
  const progress = noProgress();
  try {
    const output = await askWithRepair(
      {
        prompt,
        model,
        input: recorded.input,
        jsonSchema: json,
        budgetUsd,
        judge: (answer) => judgeAnswer(schema, () => recheck(recorded, answer), answer),
      },
      progress,
    );
    const agreement = compareOutputs(recorded.agent, recorded.output, output, recorded.input);
    await finishRun(
      runId,
      started,
      progress,
      { output },
      { agreement_bps: agreement?.bps ?? null, agreement_note: agreement?.note ?? null },
    );
    return { ok: true, output, agreement };
  } catch (error) {
    const failure = asAgentError(error);
    await finishRun(runId, started, progress, { failure });
    return { ok: false, failure };
  }
}

/** The checks beyond the shape that a recorded input allows. */
function recheck(recorded: Recorded, answer: unknown): readonly string[] {
  const sourcing = recorded.agent === "sourcing-agent" ? sourcingAnswerSchema.safeParse(answer) : undefined;
  return sourcing?.success ? checkPayloads(sourcing.data.payloads, readLookups(recorded.input)) : [];
}
