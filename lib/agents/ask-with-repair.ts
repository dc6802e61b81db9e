import "server-only";
import { env } from "@/lib/server/env";
import { askClaude } from "./claude-cli";
import { AgentError, NOTHING_SPENT, type Spent } from "./failure";

/** What is known about a run while it goes on: kept also when it fails. */
export interface Progress {
  attempts: number;
  schemaErrors: string[];
  spent: Spent;
  /** The model that answered last, as the CLI names it. */
  answeredModel: string | null;
}

export const noProgress = (): Progress => ({
  attempts: 0,
  schemaErrors: [],
  spent: NOTHING_SPENT,
  answeredModel: null,
});

export interface Question<Output> {
  readonly prompt: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly jsonSchema: string;
  readonly model: string;
  /** For both attempts together. */
  readonly budgetUsd: number;
  /** What the answer is, or what is wrong with it: its shape, or what it says. */
  readonly judge: (output: unknown) => Judgement<Output>;
}

export type Judgement<Output> =
  | { readonly ok: true; readonly output: Output }
  | { readonly ok: false; readonly kind: "schema" | "checks"; readonly errors: readonly string[] };

/**
 * Asks, and asks once more with the errors when the answer cannot be used.
 * @throws {AgentError}
 */
export async function askWithRepair<Output>(question: Question<Output>, progress: Progress): Promise<Output> {
  const first = await askOnce(question, question.input, progress);
  if (first.ok) return first.output;
  const second = await askOnce(question, { ...question.input, errors: first.errors }, progress);
  if (second.ok) return second.output;
  throw new AgentError(second.kind, second.errors.slice(0, 5).join("; "));
}

async function askOnce<Output>(
  question: Question<Output>,
  input: Readonly<Record<string, unknown>>,
  progress: Progress,
): Promise<Judgement<Output>> {
  progress.attempts++;
  const left = question.budgetUsd - progress.spent.costMicrousd / 1e6;
  if (left <= 0) throw new AgentError("budget", `$${question.budgetUsd.toFixed(2)}`);
  try {
    const answer = await askClaude({
      program: env().CLAUDE_CODE_PATH,
      systemPrompt: question.prompt,
      input,
      jsonSchema: question.jsonSchema,
      model: question.model,
      timeoutMs: env().AGENT_TIMEOUT_S * 1000,
      budgetUsd: left,
    });
    progress.spent = add(progress.spent, answer);
    progress.answeredModel = answer.answeredModel;
    const judgement = question.judge(answer.output);
    if (!judgement.ok) progress.schemaErrors.push(...judgement.errors);
    return judgement;
  } catch (error) {
    if (error instanceof AgentError) progress.spent = add(progress.spent, error.spent);
    throw error;
  }
}

function add(sum: Spent, more: Spent): Spent {
  return {
    costMicrousd: sum.costMicrousd + more.costMicrousd,
    inputTokens: sum.inputTokens + more.inputTokens,
    outputTokens: sum.outputTokens + more.outputTokens,
    sessionId: more.sessionId ?? sum.sessionId,
  };
}
