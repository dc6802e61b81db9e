import "server-only";
import { z } from "zod";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const stalledSchema = z.object({
  searches: z.array(z.string()),
  emails: z.array(z.string()),
  sends: z.array(z.string()),
});
export type StalledWork = z.infer<typeof stalledSchema>;

/** Work that waits although nobody seems to be at it: its event was lost, or its process died. */
export async function findStalledWork(): Promise<StalledWork> {
  return stalledSchema.parse(unwrap(await serviceDb().rpc("stalled_work", {})));
}

/** Reminds of approvals past their deadline, and parks those nobody answered a day later. */
export async function ageApprovals(): Promise<void> {
  ensure(await serviceDb().rpc("age_approvals", {}));
}
