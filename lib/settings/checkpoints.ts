import "server-only";
import { z } from "zod";
import { CHECKPOINTS, type Checkpoint } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/db/client-options";
import type { Tables } from "@/lib/db/database.types";
import { DatabaseError, unwrap } from "@/lib/db/errors";

export const modeSchema = z.object({
  mode: z.enum(["plan", "auto"]),
  reason: z.string().max(500).optional(),
});

/** All checkpoints in the order a search meets them. */
export async function listCheckpoints(db: Db): Promise<Tables<"checkpoint_settings">[]> {
  const rows = unwrap(await db.from("checkpoint_settings").select("*"));
  return CHECKPOINTS.flatMap((name) => rows.filter((row) => row.checkpoint === name));
}

/**
 * Puts a checkpoint into plan or auto.
 * @throws {DatabaseError} 23514 for extraction in auto: it needs a phone in someone's hand.
 */
export async function setCheckpointMode(
  db: Db,
  checkpoint: Checkpoint,
  mode: "plan" | "auto",
  reason?: string,
) {
  try {
    return unwrap(
      await db.rpc("set_checkpoint_mode", { p_checkpoint: checkpoint, p_mode: mode, p_reason: reason }),
    );
  } catch (error) {
    if (error instanceof DatabaseError && /extraction_needs_a_person/.test(error.message))
      throw new DatabaseError(
        "23514",
        "Extraction always needs a person: CoStar asks for a tap on the phone.",
        null,
        { cause: error },
      );
    throw error;
  }
}
