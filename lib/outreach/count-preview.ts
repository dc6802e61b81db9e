import "server-only";
import { connectCoStar } from "@/lib/costar/browser-session";
import { countPayloads, loadCounts } from "@/lib/costar/count-payload";
import { OddAnswerError, RefusedError, SessionGoneError, SignInError } from "@/lib/costar/errors";
import { loadCoStarSession } from "@/lib/searches/load-extraction";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";
import { approvedPayloads } from "./ensure-proposals";

/** What a payload approval shows of CoStar: counts already known, the session, and whether one can be had. */
export async function loadCountPreview(db: Db, approval: { proposal: Json; edits: Json | null }) {
  const payloads = approvedPayloads(approval).payloads.map(({ payload }) => payload);
  const [counts, session] = await Promise.all([loadCounts(db, payloads), loadCoStarSession(db)]);
  const { COSTAR_USERNAME, COSTAR_PW, DRY_RUN } = env();
  return {
    counts,
    canConnect: Boolean(COSTAR_USERNAME && COSTAR_PW) && !DRY_RUN,
    session: {
      state: session.state,
      detail: session.detail,
      deadlineAt: session.deadline_at,
      expiresAt: session.expires_at,
      updatedAt: session.updated_at,
    },
  };
}

/** Counts an approval's payloads over the connected session. @returns what went wrong in words for a person, or null. */
export async function countApproval(db: Db, approvalId: string): Promise<string | null> {
  if (env().DRY_RUN) return "Nothing is asked of CoStar in a dry run.";
  const approval = unwrap(
    await db.from("approval_queue").select("proposal, edits").eq("id", approvalId).single(),
  );
  try {
    await countPayloads(approvedPayloads(approval).payloads.map(({ payload }) => payload));
    return null;
  } catch (error) {
    if (error instanceof SessionGoneError || error instanceof RefusedError || error instanceof OddAnswerError)
      return error.message;
    throw error;
  }
}

// Next may load this module more than once in a process; there is one sign-in to call off.
const shared = globalThis as { upstreamCountsWanted?: boolean };

/** Signs in for counts alone, until it is called off. Every state shows on the page; how it ended is one of them. */
export async function connectForCounts(): Promise<void> {
  shared.upstreamCountsWanted = true;
  try {
    await connectCoStar(async () => shared.upstreamCountsWanted === true);
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    logger.info({ reason: error.message }, "CoStar was not connected for counts");
  }
}

/** Calls off a sign-in that was begun for counts. */
export function cancelConnecting(): void {
  shared.upstreamCountsWanted = false;
}
