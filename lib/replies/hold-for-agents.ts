import "server-only";
import { AgentsPausedError } from "@/lib/agents/failure";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { classifyEmail, type Verdict } from "./classify-email";

/** An owner's reply loses its worth within the hour: after this a person reads it, classifier or not. */
const PATIENCE_MS = 30 * 60_000;
/** From then on the sweep takes a mail that is being read for stalled, and it may be claimed again. */
const STALLED_AFTER_MS = 5 * 60_000;
const HELD = "Waits for the classifier: ";

/**
 * Decides what a mail is. While agents are paused a mail that rules cannot decide is held, with the reason, and read when
 * they are back; one that has waited half an hour goes to a person.
 * @returns null when it is held.
 */
export async function classifyOrHold(emailId: string, now = Date.now()): Promise<Verdict | null> {
  const email = unwrap(
    await serviceDb().from("synced_emails").select("synced_at").eq("id", emailId).single(),
  );
  const deadline = Date.parse(email.synced_at) + PATIENCE_MS;
  try {
    return await classifyEmail(emailId, { waitForAgents: now < deadline });
  } catch (error) {
    if (!(error instanceof AgentsPausedError)) throw error;
    await hold(emailId, Math.min(Date.parse(error.until), deadline), error.reason);
    return null;
  }
}

/** It stays claimed, by nobody, until `until`: then it counts as stalled and is read again. */
async function hold(emailId: string, until: number, why: string): Promise<void> {
  ensure(
    await serviceDb()
      .from("synced_emails")
      .update({
        classifying_since: new Date(until - STALLED_AFTER_MS).toISOString(),
        reason: `${HELD}${why}`.slice(0, 400),
      })
      .eq("id", emailId)
      .eq("status", "classifying"),
  );
}

/** Mails that wait for agents to come back, free to be claimed from now on; oldest first. */
export async function listHeldEmails(now = Date.now()): Promise<string[]> {
  const rows = unwrap(
    await serviceDb()
      .from("synced_emails")
      .update({ classifying_since: new Date(now - STALLED_AFTER_MS - 1000).toISOString() })
      .eq("status", "classifying")
      .like("reason", `${HELD}%`)
      .select("id, received_at"),
  );
  return rows.sort((a, b) => a.received_at.localeCompare(b.received_at)).map((row) => row.id);
}
