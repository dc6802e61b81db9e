import "server-only";
import { z } from "zod";
import { CHECKPOINTS, type Checkpoint } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { type AutoScope, autoScopeSchema } from "@/lib/trust/auto-limits";

export const modeSchema = z.object({
  mode: z.enum(["plan", "auto"]),
  reason: z.string().max(500).optional(),
  /** When auto ends by itself. */
  until: z.iso.datetime({ offset: true }).optional(),
  /** What auto covers. */
  scope: autoScopeSchema.optional(),
});

/** All checkpoints in the order a search meets them, each in the mode that holds this moment. */
export async function listCheckpoints(db: Db) {
  const rows = unwrap(
    await db
      .from("checkpoint_modes")
      .select("checkpoint, mode, auto_until, auto_scope, reason, updated_by, updated_at"),
  );
  return CHECKPOINTS.flatMap((name) => rows.filter((row) => row.checkpoint === name));
}

/**
 * Puts a checkpoint into plan or auto, or changes the limits of one that is in auto.
 * @param limits `until` is an ISO moment within the next year; `scope` what auto covers.
 * @throws {DatabaseError} 23514 for extraction in auto: it needs a phone in someone's hand; 22023 when the evidence does
 * not pass the bar and no reason is given.
 */
export async function setCheckpointMode(
  db: Db,
  checkpoint: Checkpoint,
  mode: "plan" | "auto",
  reason?: string,
  limits: { readonly until?: string | undefined; readonly scope?: AutoScope | undefined } = {},
) {
  return unwrap(
    await db.rpc("set_checkpoint_mode", {
      p_checkpoint: checkpoint,
      p_mode: mode,
      p_reason: reason,
      p_until: limits.until,
      p_scope: limits.scope ?? {},
    }),
  );
}
