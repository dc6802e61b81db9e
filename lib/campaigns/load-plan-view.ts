import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { loadMergeValues } from "./load-merge-values";
import { countMatches, type loadCampaign, loadPlanContacts, loadPlannedMails } from "./load-plan";
import { byDay, byHour, loadPlanSummary } from "./load-plan-summary";
import type { PlanView } from "./plan-view";

/** All that a page over a campaign's plan shows, whatever its size: one page of contacts, one contact's mails, and the sums. */
export async function loadPlanView(
  db: Db,
  campaign: NonNullable<Awaited<ReturnType<typeof loadCampaign>>>,
  view: PlanView,
) {
  const { id, plan_revision: revision, time_zone: zone } = campaign;
  const [contacts, shown, summary, matches, desk] = await Promise.all([
    loadPlanContacts(db, id, revision, view),
    loadPlannedMails(db, id, revision, view).then(async (preview) => ({
      preview,
      values: preview && (await loadMergeValues(db, campaign, preview.contactId)),
    })),
    loadPlanSummary(db, id, revision),
    countMatches(db, id, revision, view),
    db.from("desk_settings").select("hourly_limit, daily_limit").eq("id", 1).single(),
  ]);
  const days = byDay(summary.hours, zone);
  const day = days.find(({ label }) => label === view.day)?.label ?? days[0]?.label ?? null;
  return {
    contacts,
    ...shown,
    matches,
    changes: summary.changes,
    desk: unwrap(desk),
    timeline: { days, day, hours: day ? byHour(summary.hours, zone, day) : [] },
  };
}
