import "server-only";
import { z } from "zod";
import { nextBusinessDayAfter, type ReturnDate } from "@/lib/mail-rules/return-date";
import { usHolidays } from "@/lib/schedule/holidays";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { proposeSearchDraft } from "./propose-search-draft";
import type { Verdict } from "./verdict";

const routedSchema = z.object({
  outcome: z.enum(["routed", "already_routed"]),
  category: z.string().nullable(),
  toPerson: z.boolean().optional(),
  did: z.array(z.string()).optional(),
});
export type Routed = z.infer<typeof routedSchema>;

/** Does what the verdict's category asks for, in one transaction with its audit row. Routing twice changes nothing. */
export async function routeEmail(emailId: string, verdict: Verdict): Promise<Routed> {
  const { category, details } = verdict;
  const more = {
    ...resumeAt(details.returnDate as ReturnDate | null | undefined),
    ...(category === "soft_pass" ? taskDueAt(details.followUpOn) : {}),
    ...(category === "buyer_inquiry" ? { searchDraft: await proposeSearchDraft(emailId) } : {}),
  };
  return routedSchema.parse(
    unwrap(
      await serviceDb().rpc("route_email", {
        p_id: emailId,
        p_category: category,
        p_confidence: verdict.confidence,
        p_reason: verdict.reason,
        p_decided_by: verdict.decidedBy,
        p_details: { ...details, ...more } as Json,
      }),
    ),
  );
}

/** An absent person is mailed again on the business day after their return, in the morning of the US east coast. */
function resumeAt(returnDate: ReturnDate | null | undefined): { resumeAt?: string } {
  if (!returnDate) return {};
  return { resumeAt: `${businessDayAfter(returnDate.isoDate)}T13:00:00Z` };
}

/** Who said "not now, in March" is somebody's task on the first business day of March, in the morning of the US west coast. */
function taskDueAt(followUpOn: unknown): { taskDueAt?: string } {
  const day = z.iso.date().safeParse(followUpOn);
  if (!day.success) return {};
  const at = Date.parse(day.data);
  if (at < Date.now() || at > Date.now() + 5 * 366 * 86_400_000) return {};
  const before = new Date(at - 86_400_000).toISOString().slice(0, 10);
  return { taskDueAt: `${businessDayAfter(before)}T16:00:00Z` };
}

function businessDayAfter(isoDate: string): string {
  const year = Number(isoDate.slice(0, 4));
  return nextBusinessDayAfter(isoDate, new Set(usHolidays(year, year + 1)));
}
