import { randomUUID } from "node:crypto";

export interface EnvelopeFacts {
  model: string;
  sessionId: string | undefined;
  durationMs: number;
  /** Characters in and out; tokens are taken as four characters each. */
  inputLength: number;
  result: string;
  structuredOutput?: unknown;
  isError?: boolean;
  subtype?: string;
  apiErrorStatus?: number | null;
  errors?: string[];
}

/** The result envelope of `--output-format json`, with cost 0 and a key that says who answered. */
export function resultEnvelope(facts: EnvelopeFacts): Record<string, unknown> {
  const isError = facts.isError ?? false;
  const failedCall = isError && facts.subtype === undefined;
  const inputTokens = failedCall ? 0 : Math.ceil(facts.inputLength / 4);
  const outputTokens = failedCall ? 0 : Math.ceil(facts.result.length / 4);
  const durationMs = Math.max(1, Math.round(facts.durationMs));
  return {
    type: "result",
    subtype: facts.subtype ?? "success",
    is_error: isError,
    stand_in: true,
    ...(facts.errors === undefined ? { result: facts.result } : { errors: facts.errors }),
    ...(facts.structuredOutput === undefined ? {} : { structured_output: facts.structuredOutput }),
    api_error_status: facts.apiErrorStatus ?? null,
    terminal_reason: failedCall ? "api_error" : "completed",
    stop_reason: facts.structuredOutput === undefined ? "end_turn" : "tool_use",
    num_turns: facts.structuredOutput === undefined ? 1 : 2,
    session_id: facts.sessionId ?? randomUUID(),
    uuid: randomUUID(),
    total_cost_usd: 0,
    duration_ms: durationMs,
    duration_api_ms: durationMs,
    ttft_ms: durationMs,
    usage: {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
      service_tier: "standard",
    },
    modelUsage: failedCall
      ? {}
      : { [facts.model]: { inputTokens, outputTokens, costUSD: 0, provider: "stand-in" } },
    permission_denials: [],
  };
}
