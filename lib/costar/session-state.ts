import "server-only";
import { ensure } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";

export type CoStarState = "offline" | "starting" | "waiting_2fa" | "connected" | "expired" | "error";

/** Writes the session's state where every open page sees it at once. */
export async function showCoStarState(
  state: CoStarState,
  more: { detail?: string; deadlineAt?: number; expiresAt?: number } = {},
): Promise<void> {
  const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  ensure(
    await serviceDb()
      .from("costar_session")
      .update({
        state,
        detail: more.detail ?? null,
        deadline_at: iso(more.deadlineAt),
        expires_at: iso(more.expiresAt),
        updated_at: new Date().toISOString(),
      })
      .eq("id", 1),
  );
}

/** A session lives in this process's browser: after a restart there is none, whatever the row says. */
export async function forgetCoStarSession(): Promise<void> {
  await showCoStarState("offline").catch((error: unknown) => {
    logger.warn({ err: error }, "the CoStar session's state could not be reset");
  });
}
