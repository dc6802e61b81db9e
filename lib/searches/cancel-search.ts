import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { CANCELLABLE_STATUSES } from "./status-groups";

/** A run that waits for an approval of the search, and is to be told. */
interface ToldRun {
  readonly runKey: string;
  readonly checkpoint: string;
}

export interface Cancelled {
  /** False when the search had ended, or moved on to its end, before */
  readonly cancelled: boolean;
  readonly runs: readonly ToldRun[];
  readonly extractionIds: readonly string[];
}

const OPEN_CAMPAIGN = {
  draft: "stopped",
  awaiting_approval: "rejected",
  active: "stopped",
  paused: "stopped",
};

/**
 * Ends a search for good at a person's word: what waits for approval is rejected with the reason, a running extraction
 * and its campaign are stopped, and what was found is kept. The status moves last, so that a half-done cancel can be
 * asked for again.
 */
export async function cancelSearch(db: Db, id: string, reason: string): Promise<Cancelled> {
  const extractionIds = await cancelExtractions(db, id);
  await stopCampaigns(db, id, reason);
  const runs = await rejectWaiting(db, id, reason);
  const cancelled = unwrap(
    await db.rpc("move_search", {
      p_id: id,
      p_from: [...CANCELLABLE_STATUSES],
      p_to: "cancelled",
      p_reason: reason,
    }),
  );
  return { cancelled, runs, extractionIds };
}

async function cancelExtractions(db: Db, searchId: string): Promise<string[]> {
  const open = unwrap(
    await db
      .from("extractions")
      .select("id")
      .eq("search_id", searchId)
      .in("status", ["waiting", "running", "stopped"]),
  );
  for (const { id } of open) ensure(await db.rpc("answer_extraction", { p_id: id, p_answer: "cancel" }));
  return open.map(({ id }) => id);
}

async function stopCampaigns(db: Db, searchId: string, reason: string): Promise<void> {
  const open = unwrap(
    await db
      .from("campaigns")
      .select("id, status")
      .eq("search_id", searchId)
      .in("status", Object.keys(OPEN_CAMPAIGN)),
  );
  for (const { id, status } of open) {
    const to = OPEN_CAMPAIGN[status as keyof typeof OPEN_CAMPAIGN];
    ensure(await db.rpc("set_campaign_status", { p_id: id, p_to: to, p_reason: reason }));
  }
}

async function rejectWaiting(db: Db, searchId: string, reason: string): Promise<ToldRun[]> {
  const waiting = unwrap(
    await db
      .from("approval_queue")
      .select("id, run_key, checkpoint, content_hash")
      .eq("search_id", searchId)
      .eq("status", "pending"),
  );
  for (const { id, content_hash } of waiting)
    ensure(
      await db.rpc("decide_approval", {
        p_id: id,
        p_decision: "reject",
        p_content_hash: content_hash,
        p_feedback: reason,
      }),
    );
  return waiting.map(({ run_key, checkpoint }) => ({ runKey: run_key, checkpoint }));
}
