import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Why } from "./say-why";
import { whyNotYet } from "./why-not-yet";

/** Adds to each send what keeps it from leaving; null for one that has gone. */
export async function describeSends<Send extends { readonly id: string }>(
  db: Db,
  sends: readonly Send[],
): Promise<(Send & { readonly unsent: Why | null })[]> {
  const whys = await whyNotYet(
    db,
    sends.map((send) => send.id),
  );
  return sends.map((send) => ({ ...send, unsent: whys.get(send.id) ?? null }));
}
