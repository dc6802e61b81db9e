import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

const undoSchema = z
  .object({
    action: z.string(),
    category: z.string().nullable(),
    at: z.string(),
    until: z.string(),
    by: z.string(),
    did: z.array(z.string()),
    whyNot: z.string().nullable(),
  })
  .nullable();

/** The last thing done about a mail that still stands; `whyNot` says why it cannot be undone, null when it can. */
export type Undoable = NonNullable<z.infer<typeof undoSchema>>;

/** What "undo" would take back, until when, or why it cannot; null when nothing was done about the mail. */
export async function readUndo(db: Db, emailId: string): Promise<Undoable | null> {
  return undoSchema.parse(unwrap(await db.rpc("undo_of", { p_email_id: emailId })));
}

/**
 * Takes the last routing of a mail back, or its being put away: sequence, sends, exclusion, tasks and proposals are as before,
 * and the mail waits for a person again.
 * @returns what was brought back, in words.
 * @throws {DatabaseError} 22023 when it is final, over a day old, or there is nothing to undo.
 */
export async function undoRouting(db: Db, emailId: string, reason?: string): Promise<readonly string[]> {
  const answer = unwrap(
    await db.rpc("undo_routing", { p_email_id: emailId, ...(reason ? { p_reason: reason } : {}) }),
  );
  return z.object({ did: z.array(z.string()) }).parse(answer).did;
}
