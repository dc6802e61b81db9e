import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const appliedSchema = z.object({
  outcome: z.enum(["applied", "already_applied", "superseded", "ended"]),
  mails: z.number().optional(),
  left: z.number().optional(),
  leftOut: z.number().optional(),
});

/** Puts an approved edit's mails in place of those that have not left, once. */
export async function applyEdit(approvalId: string) {
  return appliedSchema.parse(
    unwrap(await serviceDb().rpc("apply_campaign_edit", { p_approval_id: approvalId })),
  );
}
