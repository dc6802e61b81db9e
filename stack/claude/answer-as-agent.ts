import { answerClassifier } from "./classifier/answer-classifier";
import type { Failure } from "./cli/failures";
import { answerSourcing } from "./sourcing/answer-sourcing";

/** What an agent says; `value` is there when it has a structured answer. */
export interface AgentAnswer {
  text: string;
  value?: unknown;
}

const CANNOT = "This is the Claude Code stand-in. It answers sourcing-agent and response-classifier only.";

/** Answers as the agent that the first heading of the system prompt names. */
export function answerAsAgent(systemPrompt: string, input: string, failure: Failure | null): AgentAnswer {
  const agent = /^#\s+([\w-]+)/m.exec(systemPrompt)?.[1];
  const value = parseInput(input);
  if (value === null || failure === "prose") {
    return { text: value === null ? CANNOT : "I had a look at this and have some thoughts, but no JSON." };
  }
  const broken = failure === "invalid" || (failure === "invalid-once" && !hasErrors(value));
  const answer =
    agent === "sourcing-agent"
      ? answerSourcing(value, systemPrompt, broken)
      : agent === "response-classifier"
        ? answerClassifier(value, broken)
        : agent === "ping"
          ? { ok: true }
          : null;
  return answer === null ? { text: CANNOT } : { text: JSON.stringify(answer), value: answer };
}

/** The JSON after the fixed first line; null when the input is not of that form. */
function parseInput(input: string): Record<string, unknown> | null {
  const json = /^Input:\n([\s\S]+)$/.exec(input)?.[1];
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not an error of ours: the real program would take any text as a prompt too.
    return null;
  }
}

function hasErrors(input: Record<string, unknown>): boolean {
  return Array.isArray(input.errors) && input.errors.length > 0;
}
