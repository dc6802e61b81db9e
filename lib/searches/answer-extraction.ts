import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/**
 * Answers an extraction that waits for a person: `retry` a stopped one, or `cancel` one that is open.
 * @returns false when it was no longer there to answer.
 */
export async function answerExtraction(db: Db, id: string, answer: "retry" | "cancel"): Promise<boolean> {
  return unwrap(await db.rpc("answer_extraction", { p_id: id, p_answer: answer }));
}
