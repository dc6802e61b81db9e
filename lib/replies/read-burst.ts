import "server-only";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";
import { BATCH_SIZE, classifyBatch } from "./classify-batch";
import { decideWithoutAgent } from "./classify-email";
import { openEmails } from "./open-email";
import { isClassificationInPlan } from "./propose-classification";
import { routeEmail } from "./route-email";
import type { Verdict } from "./verdict";

/** Mails of a burst that one step sorts out. */
const TURN = 100;

export interface SortedBurst {
  readonly taken: number;
  /** Batches of mail ids an agent has to read. */
  readonly batches: readonly (readonly string[])[];
  /** Ids that failed here and are read by themselves. */
  readonly alone: readonly string[];
}

/**
 * Takes the newest mails of a burst and does at once what rules say about them; what they leave open comes back in batches.
 * `claimant` may do this twice: it gets the same mails again first.
 */
export async function sortBurst(claimant: string): Promise<SortedBurst> {
  const ids: string[] = unwrap(await serviceDb().rpc("claim_burst", { p_limit: TURN, p_by: claimant }));
  if (ids.length === 0) return { taken: 0, batches: [], alone: [] };
  const undecided: string[] = [];
  const alone: string[] = [];
  for (const opened of await openEmails(ids)) {
    const verdict = decideWithoutAgent(opened);
    if (!verdict) undecided.push(opened.email.id);
    else if (!(await routeOrRelease(opened.email.id, verdict))) alone.push(opened.email.id);
  }
  const batches: string[][] = [];
  for (let start = 0; start < undecided.length; start += BATCH_SIZE)
    batches.push(undecided.slice(start, start + BATCH_SIZE));
  return { taken: ids.length, batches, alone };
}

/**
 * Has one agent call read a batch, and routes what it says; where a person sees verdicts first, each mail goes on by itself
 * with the verdict it was given.
 * @returns the ids that go on by themselves.
 */
export async function readBatch(ids: readonly string[]): Promise<string[]> {
  const [opened, inPlan] = await Promise.all([openEmails(ids), isClassificationInPlan()]);
  const waiting = opened.filter(({ email }) => email.status === "classifying");
  const { verdicts, alone } = await classifyBatch(waiting);
  const onTheirOwn: string[] = [];
  for (const id of alone) {
    await release(id);
    onTheirOwn.push(id);
  }
  for (const [id, verdict] of verdicts) {
    if (inPlan && verdict.confidence > 0) await release(id, verdict);
    else if (await routeOrRelease(id, verdict)) continue;
    onTheirOwn.push(id);
  }
  return onTheirOwn;
}

/** Whether mail of a burst waits to be read. */
export async function isBurstWaiting(): Promise<boolean> {
  const rows = unwrap(
    await serviceDb().from("synced_emails").select("id").eq("in_burst", true).eq("status", "new").limit(1),
  );
  return rows.length > 0;
}

/** One mail that cannot be routed must not stop the burst behind it: it goes on by itself, where its failure is its own. */
async function routeOrRelease(id: string, verdict: Verdict): Promise<boolean> {
  try {
    await routeEmail(id, verdict);
    return true;
  } catch (error) {
    logger.warn({ err: error, emailId: id }, "a mail of a burst could not be routed; it is read by itself");
    await release(id);
    return false;
  }
}

async function release(id: string, verdict?: Verdict): Promise<void> {
  unwrap(
    await serviceDb().rpc("release_claim", {
      p_id: id,
      ...(verdict ? { p_verdict: verdict as unknown as Json } : {}),
    }),
  );
}
