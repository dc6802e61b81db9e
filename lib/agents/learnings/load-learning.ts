import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

const PAGE = 30;

/** One learning with what it was rewritten from, or null. */
export async function loadLearning(db: Db, id: string) {
  const learning = unwrapMaybe(
    await db
      .from("agent_feedback")
      .select(
        "id, agent, checkpoint, words, adjustment, outcome, effect_bps, before, after, measured_at, tags, status, pinned, became, author, created_at, approval_id, search_id, searches(name)",
      )
      .eq("id", id)
      .maybeSingle(),
  );
  if (!learning) return null;
  const earlier = unwrap(
    await db
      .from("agent_feedback")
      .select("id, words, author, created_at")
      .eq("became", id)
      .order("created_at")
      .limit(50),
  );
  return { ...learning, earlier };
}

export type LoadedLearning = NonNullable<Awaited<ReturnType<typeof loadLearning>>>;

/**
 * The agent runs a learning went into, newest first, with the decision about each proposal and the contacts then found.
 * @param before ISO time: only runs that began earlier.
 */
export async function listLearningRuns(db: Db, id: string, before?: string) {
  const rows = unwrap(
    await db.rpc("learning_runs", { p_id: id, ...(before && { p_before: before }), p_limit: PAGE + 1 }),
  );
  const last = rows[PAGE - 1];
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE && last ? last.started_at : null };
}

export type LearningRun = Awaited<ReturnType<typeof listLearningRuns>>["rows"][number];
