import { z } from "zod";
import type { Database } from "../../postgres/database";

const row = z.record(z.string(), z.unknown());
const change = z.object({
  schema: z.string(),
  table: z.string(),
  type: z.enum(["INSERT", "UPDATE", "DELETE"]),
  commit_timestamp: z.string(),
  record: row.optional(),
  old_record: row.optional(),
});
const notice = z.union([change, z.object({ overflow: z.number() })]);

/** One row that was inserted, updated or deleted, as the trigger tells it. */
export type Change = z.infer<typeof change>;

/** A change together with its JSON text: Postgres reads that exactly, JavaScript rounds large numbers. */
export interface ToldChange {
  readonly change: Change;
  readonly json: string;
}

/** Reads a NOTIFY payload; a change too large for one is fetched from where it waits. */
export async function readChange(db: Database, payload: string): Promise<ToldChange | undefined> {
  const told = notice.parse(JSON.parse(payload));
  if (!("overflow" in told)) return { change: told, json: payload };
  const [waiting] = await db.query<{ payload: string }>(
    "select payload::text as payload from realtime.overflow where id = $1",
    [told.overflow],
  );
  return waiting && { change: change.parse(JSON.parse(waiting.payload)), json: waiting.payload };
}
