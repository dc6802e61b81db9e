import "server-only";
import { z } from "zod";
import type { Json } from "@/lib/db/database.types";
import { unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { nextBusinessDayAfter, type ReturnDate } from "@/lib/mail/return-date";
import { usHolidays } from "@/lib/schedule/holidays";
import type { Verdict } from "./classify-email";

const routedSchema = z.object({
  outcome: z.enum(["routed", "already_routed"]),
  category: z.string().nullable(),
  toPerson: z.boolean().optional(),
  did: z.array(z.string()).optional(),
});
export type Routed = z.infer<typeof routedSchema>;

/** Does what the verdict's category asks for, in one transaction with its audit row. Routing twice changes nothing. */
export async function routeEmail(emailId: string, verdict: Verdict): Promise<Routed> {
  const details = {
    ...verdict.details,
    ...resumeAt(verdict.details.returnDate as ReturnDate | null | undefined),
  };
  return routedSchema.parse(
    unwrap(
      await serviceDb().rpc("route_email", {
        p_id: emailId,
        p_category: verdict.category,
        p_confidence: verdict.confidence,
        p_reason: verdict.reason,
        p_decided_by: verdict.decidedBy,
        p_details: details as Json,
      }),
    ),
  );
}

/** An absent person is mailed again on the business day after their return, in the morning of the US east coast. */
function resumeAt(returnDate: ReturnDate | null | undefined): { resumeAt?: string } {
  if (!returnDate) return {};
  const year = Number(returnDate.isoDate.slice(0, 4));
  const day = nextBusinessDayAfter(returnDate.isoDate, new Set(usHolidays(year, year + 1)));
  return { resumeAt: `${day}T13:00:00Z` };
}
