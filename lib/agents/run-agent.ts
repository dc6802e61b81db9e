import "server-only";
import type { z } from "zod";
import type { Json } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { serviceDb } from "@/lib/server/service-client";
import { type AnswerSchema, keepAnswerSchema } from "./answer-schema";
import { askWithRepair, noProgress } from "./ask-with-repair";
import { passCircuit, reportAnswer, reportFailure } from "./circuit";
import {
  type AgentDefinition,
  AgentDefinitionError,
  type AgentName,
  readAgentDefinition,
} from "./definition";
import { AgentError, asAgentError } from "./failure";
import { judgeAnswer } from "./judge-answer";
import { assemblePrompt, type Learning, learningLine } from "./learnings/fit-learnings";
import { loadLearnings } from "./learnings/load-learnings";
import { ownSlots } from "./own-slots";
import { finishRun } from "./record-run";

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
 * Runs an agent once, with one repair round, and records everything: definition version, prompt, learnings, input,
 * result, errors, duration, tokens, cost. Relevant learnings are put into the prompt here, never by the caller. Waits for
 * its turn when many run.
 * @throws {AgentsPausedError} while agents are paused (nothing is recorded then), or when this run's failure paused them;
 * @throws {AgentError} when there is no valid answer otherwise. A run that began is recorded as failed first.
 */
export async function runAgent<Schema extends z.ZodType>(
  task: AgentTask<Schema>,
): Promise<AgentResult<z.output<Schema>>> {
  return ownSlots().take(task.agent, () => runInTurn(task));
}

async function runInTurn<Schema extends z.ZodType>(
  task: AgentTask<Schema>,
): Promise<AgentResult<z.output<Schema>>> {
  const [pass, definition, learnings, schema] = await Promise.all([
    passCircuit(),
    liveDefinition(task.agent),
    loadLearnings(task.agent, task.tags),
    keepAnswerSchema(task.schema),
  ]);
  const prompt = assemblePrompt(definition.prompt, learnings);
  const model = definition.model ?? env().CLAUDE_MODEL;
  const runId = await beginRun(task, { definition, prompt, model, schema, learnings });
  const started = Date.now();
  const progress = noProgress();
  try {
    const output = await askWithRepair(
      {
        prompt,
        model,
        input: task.input,
        jsonSchema: schema.json,
        budgetUsd: env().AGENT_BUDGET_USD,
        judge: (answer) => judgeAnswer(task.schema, task.check, answer),
      },
      progress,
    );
    await Promise.all([finishRun(runId, started, progress, { output }), reportAnswer()]);
    return { runId, output, learnings };
  } catch (error) {
    const failure = asAgentError(error);
    await finishRun(runId, started, progress, { failure });
    throw (await reportFailure(failure, pass)) ?? failure;
  }
}

async function liveDefinition(agent: AgentName): Promise<AgentDefinition> {
  try {
    return await readAgentDefinition(agent);
  } catch (cause) {
    if (cause instanceof AgentDefinitionError) throw new AgentError("definition", cause.message, { cause });
    throw cause;
  }
}

interface Prepared {
  readonly definition: AgentDefinition;
  readonly prompt: string;
  readonly model: string;
  readonly schema: AnswerSchema;
  readonly learnings: readonly Learning[];
}

async function beginRun<Schema extends z.ZodType>(
  task: AgentTask<Schema>,
  { definition, prompt, model, schema, learnings }: Prepared,
): Promise<string> {
  const db = serviceDb();
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
        prompt,
        input: task.input as Json,
        schema_hash: schema.hash,
      })
      .select("id")
      .single(),
  );
  if (learnings.length > 0)
    ensure(
      await db
        .from("agent_run_learnings")
        .insert(learnings.map((one) => ({ run_id: run.id, feedback_id: one.id, line: learningLine(one) }))),
    );
  return run.id;
}
