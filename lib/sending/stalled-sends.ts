import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/**
 * Gives reservations nobody began back to the queue, and answers the sends whose fate only the mailbox knows: the
 * uncertain ones, and those whose hand-over began minutes ago and was never confirmed.
 */
export async function stalledSends(): Promise<string[]> {
  return z.array(z.string()).parse(unwrap(await serviceDb().rpc("stalled_sends", {})));
}
