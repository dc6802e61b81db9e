import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";
import { type AgentError, AgentsPausedError } from "./failure";

const circuitSchema = z.object({
  passes: z.boolean(),
  probe: z.boolean(),
  status: z.enum(["closed", "open", "probing"]),
  kind: z.string().nullable(),
  message: z.string().nullable(),
  openedAt: z.string().nullable(),
  retryAt: z.string().nullable(),
});
type Circuit = z.infer<typeof circuitSchema>;

/** Told to whoever may ask: `probe` when this run finds out for all others whether the provider is back. */
export interface Pass {
  readonly probe: boolean;
}

/**
 * Asks whether agents may be asked now. While they are paused one run in each back-off gets through, as the probe.
 * @param mayProbe false for work that must not stand in for a live run.
 * @throws {AgentsPausedError}
 */
export async function passCircuit(mayProbe = true): Promise<Pass> {
  const lease = env().AGENT_TIMEOUT_S + 60;
  const circuit = circuitSchema.parse(
    unwrap(await serviceDb().rpc("pass_agent_circuit", { p_lease_s: lease, p_probe: mayProbe })),
  );
  if (!circuit.passes) throw pausedBy(circuit);
  return { probe: circuit.probe };
}

/** Tells everybody that the provider answered. */
export async function reportAnswer(): Promise<void> {
  ensure(await serviceDb().rpc("report_agent_outcome", { p_outcome: "answered" }));
}

/**
 * Tells everybody how a run failed.
 * @returns the pause it led to or fell into; null while agents go on.
 */
export async function reportFailure(error: AgentError, pass: Pass): Promise<AgentsPausedError | null> {
  if (error.provider === "answered") {
    await reportAnswer();
    return null;
  }
  // A probe that never asked leaves agents paused: whoever comes next may know more.
  if (error.provider === "not asked" && !pass.probe) return null;
  const circuit = circuitSchema.parse(
    unwrap(
      await serviceDb().rpc("report_agent_outcome", {
        p_outcome: error.kind,
        p_message: error.message,
        p_jitter: Math.random(),
      }),
    ),
  );
  if (circuit.passes) return null;
  logger.warn({ kind: circuit.kind, until: circuit.retryAt }, "agents are paused");
  return pausedBy(circuit, error);
}

function pausedBy(circuit: Circuit, cause?: unknown): AgentsPausedError {
  const until = circuit.retryAt ?? new Date(Date.now() + 30_000).toISOString();
  return new AgentsPausedError(until, circuit.message ?? "The provider does not answer.", { cause });
}

/** Whether agents are paused, for a page to show. */
export interface AgentPause {
  readonly probing: boolean;
  readonly message: string;
  readonly since: string;
  readonly retryAt: string;
}

/** Why agents are paused and until when; null while they are not. */
export async function readAgentPause(db: Db): Promise<AgentPause | null> {
  const row = unwrap(
    await db
      .from("agent_circuit")
      .select("status, message, opened_at, retry_at, changed_at")
      .eq("id", 1)
      .single(),
  );
  if (row.status === "closed" || !row.retry_at) return null;
  return {
    probing: row.status === "probing",
    message: row.message ?? "The provider does not answer.",
    since: row.opened_at ?? row.changed_at,
    retryAt: row.retry_at,
  };
}
