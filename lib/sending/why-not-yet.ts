import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { WHY_CAUSES, type Why } from "./say-why";

const answerSchema = z.array(
  z.object({
    send_id: z.string(),
    cause: z.enum(WHY_CAUSES),
    detail: z.string().nullable(),
    who: z.string().nullable(),
    until: z.string().nullable(),
  }),
);

/** Why each of these sends has not gone, decided by the database in the order a reservation asks; sent ones are left out. */
export async function whyNotYet(db: Db, sendIds: readonly string[]): Promise<ReadonlyMap<string, Why>> {
  if (sendIds.length === 0) return new Map();
  const rows = answerSchema.parse(unwrap(await db.rpc("why_not_yet", { p_ids: [...sendIds] })));
  return new Map(rows.map(({ send_id: id, ...why }) => [id, why]));
}
