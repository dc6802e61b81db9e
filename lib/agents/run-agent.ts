import "server-only";
import type { z } from "zod";
import { env } from "@/lib/config/env";
import type { Json } from "@/lib/db/database.types";
import { ensure, unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { askClaude } from "./claude-cli";
import { type AgentName, readAgentDefinition } from "./definition";
import type { CliAnswer } from "./envelope";
import { AgentError } from "./failure";
import { assemblePrompt, chooseLearnings, type Learning, learningLine } from "./learnings";

export interface AgentTask<Schema extends z.ZodType> {
  readonly agent: AgentName;
  readonly input: Readonly<Record<string, unknown>>;
  readonly schema: Schema;
  /** What this run is for, in words a person reads on the Runs page. */
  readonly purpose: string;
  readonly tags: readonly string[];
  readonly searchId?: string;
  readonly emailId?: string;
  /** Business checks beyond the shape; each string is told to the agent in its one repair round. */
  readonly check?: (output: z.output<Schema>) => readonly string[];
}

export interface AgentResult<Output> {
  readonly runId: string;
  readonly output: Output;
  readonly learnings: readonly Learning[];
}

/**
 * Runs an agent once, with one repair round, and records everything: definition version, prompt, learnings, result,
 * errors, duration, tokens, cost. Relevant learnings are put into the prompt here, never by the caller.
 * @throws {AgentError} when there is no valid answer; the run is recorded as failed first.
 */
export async function runAgent<Schema extends z.ZodType>(
  task: AgentTask<Schema>,
): Promise<AgentResult<z.output<Schema>>> {
  const db = serviceDb();
  const definition = await readAgentDefinition(task.agent);
  const learnings = chooseLearnings(await loadLearnings(task.agent), task.tags, Date.now());
  const prompt = assemblePrompt(definition.prompt, learnings);
  const model = definition.model ?? env().CLAUDE_MODEL;
  const run = unwrap(
    await db
      .from("agent_runs")
      .insert({
        agent: task.agent,
        agent_version: definition.version,
        purpose: task.purpose,
        search_id: task.searchId,
        email_id: task.emailId,
        model,
        prompt: `${prompt}\n\n---\n${JSON.stringify(task.input, null, 1)}`,
      })
      .select("id")
      .single(),
  );
  if (learnings.length > 0) {
    ensure(
      await db.from("agent_run_learnings").insert(
        learnings.map((learning) => ({
          run_id: run.id,
          feedback_id: learning.id,
          line: learningLine(learning),
        })),
      ),
    );
  }
  const started = Date.now();
  const record = { attempts: 0, schemaErrors: [] as string[], answer: undefined as CliAnswer | undefined };
  try {
    const output = await askTwice(task, prompt, model, record);
    await finishRun(run.id, started, record, { status: "succeeded", output: output as Json });
    return { runId: run.id, output, learnings };
  } catch (error) {
    const failure =
      error instanceof AgentError ? error : new AgentError("broken", String(error), { cause: error });
    await finishRun(run.id, started, record, {
      status: "failed",
      failure_kind: failure.kind,
      failure_message: failure.message,
    });
    throw failure;
  }
}

interface RunRecord {
  attempts: number;
  schemaErrors: string[];
  answer: CliAnswer | undefined;
}

async function askTwice<Schema extends z.ZodType>(
  task: AgentTask<Schema>,
  prompt: string,
  model: string,
  record: RunRecord,
): Promise<z.output<Schema>> {
  let errors: readonly string[] = [];
  for (let attempt = 1; attempt <= 2; attempt++) {
    record.attempts = attempt;
    record.answer = await askClaude({
      program: env().CLAUDE_CODE_PATH,
      systemPrompt: prompt,
      input: errors.length > 0 ? { ...task.input, errors } : task.input,
      schema: task.schema,
      model,
      timeoutMs: env().AGENT_TIMEOUT_S * 1000,
      budgetUsd: env().AGENT_BUDGET_USD,
    });
    const parsed = task.schema.safeParse(record.answer.output);
    errors = parsed.success
      ? (task.check?.(parsed.data) ?? [])
      : parsed.error.issues.slice(0, 20).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    if (parsed.success && errors.length === 0) return parsed.data;
    record.schemaErrors.push(...errors);
    if (attempt === 2)
      throw new AgentError(parsed.success ? "checks" : "schema", errors.slice(0, 5).join("; "));
  }
  throw new AgentError("broken", "no attempt was made");
}

async function finishRun(
  id: string,
  started: number,
  record: RunRecord,
  outcome: { status: string; output?: Json; failure_kind?: string; failure_message?: string },
): Promise<void> {
  ensure(
    await serviceDb()
      .from("agent_runs")
      .update({
        ...outcome,
        attempts: record.attempts,
        schema_errors: record.schemaErrors,
        duration_ms: Date.now() - started,
        input_tokens: record.answer?.inputTokens,
        output_tokens: record.answer?.outputTokens,
        cost_microusd: record.answer?.costMicrousd,
        session_id: record.answer?.sessionId,
        finished_at: new Date().toISOString(),
      })
      .eq("id", id),
  );
}

async function loadLearnings(agent: AgentName): Promise<Learning[]> {
  const rows = unwrap(
    await serviceDb()
      .from("agent_feedback")
      .select("id, words, adjustment, outcome, effect_bps, tags, pinned, created_at")
      .eq("agent", agent)
      .eq("status", "active")
      .order("pinned", { ascending: false })
      .order("created_at", { ascending: false })
      .limit(1000),
  );
  return rows.map((row) => ({
    id: row.id,
    words: row.words,
    adjustment: row.adjustment,
    outcome: row.outcome,
    effectBps: row.effect_bps,
    tags: row.tags,
    pinned: row.pinned,
    createdAt: Date.parse(row.created_at),
  }));
}
