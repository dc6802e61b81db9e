import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import type { LEARNING_STATUSES } from "./list-learnings";

/** Pins, unpins, retires or brings back a learning. */
export async function setLearning(
  db: Db,
  id: string,
  pinned: boolean,
  status: (typeof LEARNING_STATUSES)[number],
): Promise<void> {
  ensure(await db.rpc("set_learning", { p_id: id, p_pinned: pinned, p_status: status }));
}

/** Writes one learning anew, or several as one. The old ones stay, retired, with what they became. */
export async function rewriteLearnings(
  db: Db,
  ids: readonly string[],
  words: string,
  tags: readonly string[],
): Promise<{ readonly id: string }> {
  const made = unwrap(
    await db.rpc("rewrite_learnings", { p_ids: [...ids], p_words: words, p_tags: [...tags] }),
  );
  return { id: made.id };
}

/** Two learnings that seem to contradict each other were read by a person, who keeps both. */
export async function keepBothLearnings(db: Db, one: string, other: string): Promise<void> {
  ensure(await db.rpc("keep_both_learnings", { p_one: one, p_other: other }));
}
