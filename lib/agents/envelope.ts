import { z } from "zod";
import { AgentError, type AgentFailureKind } from "./failure";

/** What a successful call of the CLI gives back, with what it cost. */
export interface CliAnswer {
  readonly output: unknown;
  readonly sessionId: string | null;
  readonly costMicrousd: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

// Keys differ between versions of the CLI, so everything but the verdict is optional.
const envelopeSchema = z.looseObject({
  type: z.literal("result"),
  subtype: z.string().optional(),
  is_error: z.boolean(),
  result: z.string().optional(),
  errors: z.array(z.unknown()).optional(),
  api_error_status: z.number().nullish(),
  stop_reason: z.string().nullish(),
  structured_output: z.unknown().optional(),
  session_id: z.string().optional(),
  total_cost_usd: z.number().optional(),
  usage: z
    .looseObject({
      input_tokens: z.number().optional(),
      output_tokens: z.number().optional(),
      cache_read_input_tokens: z.number().optional(),
      cache_creation_input_tokens: z.number().optional(),
    })
    .optional(),
});

type Envelope = z.infer<typeof envelopeSchema>;

/**
 * Judges a finished CLI process. Success is exit 0, `is_error` false and a structured output; `subtype` says "success"
 * for API errors too and decides nothing.
 * @throws {AgentError}
 */
export function readEnvelope(process: { exitCode: number; stdout: string; stderr: string }): CliAnswer {
  const envelope = parse(process.stdout);
  if (!envelope)
    throw new AgentError("broken", process.stderr || process.stdout || `exit ${process.exitCode}`);
  const detail = envelope.result || (envelope.errors ?? []).map(String).join("; ");
  if (envelope.is_error || process.exitCode !== 0) throw new AgentError(kindOf(envelope, detail), detail);
  if (envelope.structured_output === undefined) throw new AgentError("no_answer", detail);
  const usage = envelope.usage ?? {};
  return {
    output: envelope.structured_output,
    sessionId: envelope.session_id ?? null,
    costMicrousd: Math.round((envelope.total_cost_usd ?? 0) * 1_000_000),
    inputTokens:
      (usage.input_tokens ?? 0) +
      (usage.cache_read_input_tokens ?? 0) +
      (usage.cache_creation_input_tokens ?? 0),
    outputTokens: usage.output_tokens ?? 0,
  };
}

function parse(stdout: string): Envelope | undefined {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(stdout));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not JSON: the caller reports what was printed instead.
    return undefined;
  }
}

function kindOf(envelope: Envelope, detail: string): AgentFailureKind {
  if (envelope.subtype === "error_max_structured_output_retries") return "schema";
  if (envelope.subtype === "error_max_budget_usd") return "budget";
  if (envelope.subtype === "error_max_turns") return "no_answer";
  if (/not logged in|\/login/i.test(detail) || envelope.api_error_status === 401) return "not_signed_in";
  if (envelope.stop_reason === "refusal") return "refused";
  const status = envelope.api_error_status ?? 0;
  if (status === 429) return "rate_limited";
  if (status === 529 || status >= 500) return "overloaded";
  return "api_error";
}
