import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { CoStarPayload } from "@/lib/criteria/payload";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { requestCoStar } from "./browser-session";
import { OddAnswerError } from "./errors";

// CoStar wraps its counts in more than one way; the properties are what a search finds.
const count = z.number().int().nonnegative();
const countAnswer = z.union([
  z
    .looseObject({ counts: z.looseObject({ properties: count }) })
    .transform((answer) => answer.counts.properties),
  z.looseObject({ totalCount: count }).transform((answer) => answer.totalCount),
  z.looseObject({ count }).transform((answer) => answer.count),
]);

/** How many properties an answer of the count endpoint names. @throws {OddAnswerError} */
export function readCount(answer: unknown): number {
  const parsed = countAnswer.safeParse(answer);
  if (!parsed.success) throw new OddAnswerError("CoStar's count has another shape.");
  return parsed.data;
}

/** What a payload's count is kept under: the same question, whatever page of its answer is meant and however its keys are ordered. */
export function hashPayload(payload: CoStarPayload): string {
  return createHash("sha256")
    .update(JSON.stringify(inOrder({ ...payload, "1": 1, "2": 1 })))
    .digest("hex");
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}

export interface PayloadCount {
  readonly properties: number;
  /** ISO instant */
  readonly countedAt: string;
}

/** The counts already known, in the order of the payloads; null where CoStar was not asked yet. */
export async function loadCounts(
  db: Db,
  payloads: readonly CoStarPayload[],
): Promise<(PayloadCount | null)[]> {
  const hashes = payloads.map(hashPayload);
  const rows = unwrap(
    await db.from("payload_counts").select("payload_hash, properties, counted_at").in("payload_hash", hashes),
  );
  return hashes.map((hash) => {
    const row = rows.find((known) => known.payload_hash === hash);
    return row ? { properties: row.properties, countedAt: row.counted_at } : null;
  });
}

/**
 * Asks CoStar how many properties each payload finds, one after the other at the polite rate, and keeps each answer; those that are
 * known are not asked for again.
 * @throws {SessionGoneError | RefusedError | OddAnswerError}
 */
export async function countPayloads(payloads: readonly CoStarPayload[]): Promise<void> {
  const db = serviceDb();
  const known = await loadCounts(db, payloads);
  for (const [index, payload] of payloads.entries()) {
    if (known[index]) continue;
    const properties = readCount(await requestCoStar("/bff2/property/search/count", payload));
    ensure(
      await db.from("payload_counts").upsert({
        payload_hash: hashPayload(payload),
        properties,
        counted_at: new Date().toISOString(),
      }),
    );
  }
}
