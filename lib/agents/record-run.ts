import "server-only";
import type { Json } from "@/lib/server/database.types";
import { ensure } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import type { Progress } from "./ask-with-repair";
import type { AgentError } from "./failure";

export type RunOutcome = { readonly output: unknown } | { readonly failure: AgentError };

/** Writes down how a run ended, what it cost and how long it took; `more` is what else its kind of run records. */
export async function finishRun(
  id: string,
  startedMs: number,
  progress: Progress,
  outcome: RunOutcome,
  more: { readonly agreement_bps?: number | null; readonly agreement_note?: string | null } = {},
): Promise<void> {
  const ended =
    "output" in outcome
      ? { status: "succeeded", output: outcome.output as Json }
      : {
          status: "failed",
          failure_kind: outcome.failure.kind,
          failure_message: outcome.failure.message,
        };
  ensure(
    await serviceDb()
      .from("agent_runs")
      .update({
        ...ended,
        ...more,
        attempts: progress.attempts,
        schema_errors: progress.schemaErrors,
        duration_ms: Date.now() - startedMs,
        input_tokens: progress.spent.inputTokens,
        output_tokens: progress.spent.outputTokens,
        cost_microusd: progress.spent.costMicrousd,
        answered_model: progress.answeredModel,
        session_id: progress.spent.sessionId,
        finished_at: new Date().toISOString(),
      })
      .eq("id", id),
  );
}
