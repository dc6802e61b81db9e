import { z } from "zod";
import { AgentError, type AgentFailureKind, type Spent } from "./failure";

/** What a successful call of the CLI gives back, with what it cost. */
export interface CliAnswer extends Spent {
  readonly output: unknown;
  /** The model that answered, in full; a name like "sonnet" says nothing about which one. Null where the CLI does not say. */
  readonly answeredModel: string | null;
}

// Keys differ between versions of the CLI, so everything but the verdict is optional.
const envelopeSchema = z.looseObject({
  type: z.literal("result"),
  subtype: z.string().optional(),
  is_error: z.boolean(),
  result: z.string().nullish(),
  errors: z.array(z.unknown()).nullish(),
  api_error_status: z.number().nullish(),
  stop_reason: z.string().nullish(),
  structured_output: z.unknown().optional(),
  session_id: z.string().nullish(),
  total_cost_usd: z.number().nullish(),
  usage: z
    .looseObject({
      input_tokens: z.number().nullish(),
      output_tokens: z.number().nullish(),
      cache_read_input_tokens: z.number().nullish(),
      cache_creation_input_tokens: z.number().nullish(),
    })
    .nullish(),
  modelUsage: z
    .record(z.string(), z.looseObject({ costUSD: z.number().nullish(), outputTokens: z.number().nullish() }))
    .nullish()
    .catch(null),
});

type Envelope = z.infer<typeof envelopeSchema>;

/**
 * Judges a finished CLI process. Success is exit 0, `is_error` false and a structured output; `subtype` says "success"
 * for API errors too and decides nothing alone, and `terminal_reason` differs between versions.
 * @throws {AgentError} with what the failure cost.
 */
export function readEnvelope(process: { exitCode: number; stdout: string; stderr: string }): CliAnswer {
  const envelope = parse(process.stdout);
  if (!envelope) {
    const printed = (process.stderr || process.stdout || `exit ${process.exitCode}`).trim();
    throw new AgentError(OUTDATED.test(process.stderr) ? "outdated" : "broken", printed);
  }
  const spent = readSpent(envelope);
  const detail = envelope.result || (envelope.errors ?? []).map(String).join("; ");
  if (envelope.is_error || process.exitCode !== 0)
    throw new AgentError(kindOf(envelope, detail), detail, { spent });
  if (envelope.structured_output === undefined || envelope.structured_output === null)
    throw new AgentError("no_answer", detail, { spent });
  return { output: envelope.structured_output, answeredModel: mainModel(envelope), ...spent };
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

function readSpent({ usage, session_id, total_cost_usd }: Envelope): Spent {
  return {
    sessionId: session_id ?? null,
    costMicrousd: Math.round((total_cost_usd ?? 0) * 1_000_000),
    inputTokens:
      (usage?.input_tokens ?? 0) +
      (usage?.cache_read_input_tokens ?? 0) +
      (usage?.cache_creation_input_tokens ?? 0),
    outputTokens: usage?.output_tokens ?? 0,
  };
}

/** The one that did the work: the CLI may ask a small model for chores of its own. */
function mainModel({ modelUsage }: Envelope): string | null {
  const models = Object.entries(modelUsage ?? {}).sort(
    ([, a], [, b]) => (b.costUSD ?? 0) - (a.costUSD ?? 0) || (b.outputTokens ?? 0) - (a.outputTokens ?? 0),
  );
  return models[0]?.[0] ?? null;
}

const OUTDATED = /unknown option/i;
const USED_UP = /usage limit|limit reached|rate limit/i;
const NOT_SIGNED_IN = /not logged in|\/login\b|invalid api key|oauth token/i;
const NO_CREDIT = /credit balance|billing|payment required/i;
const UNREACHABLE =
  /connection error|unable to connect|fetch failed|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|socket hang up|network/i;

function kindOf(envelope: Envelope, detail: string): AgentFailureKind {
  if (envelope.subtype === "error_max_structured_output_retries") return "schema";
  if (envelope.subtype === "error_max_budget_usd") return "budget";
  if (envelope.subtype === "error_max_turns") return "no_answer";
  const status = envelope.api_error_status ?? 0;
  if (status === 401 || (status === 0 && NOT_SIGNED_IN.test(detail))) return "not_signed_in";
  if (envelope.stop_reason === "refusal") return "refused";
  if (envelope.stop_reason === "max_tokens") return "cut_off";
  if (status === 402 || ((status === 400 || status === 403) && NO_CREDIT.test(detail))) return "no_credit";
  if (status === 404) return "unknown_model";
  if (status === 413) return "too_large";
  if (status === 429 || (status === 0 && USED_UP.test(detail))) return "rate_limited";
  if (status === 403) return "not_allowed";
  if (status >= 500) return "overloaded";
  if (status === 0 && /timed? ?out/i.test(detail)) return "timed_out";
  if (status === 0 && UNREACHABLE.test(detail)) return "unreachable";
  return "api_error";
}
