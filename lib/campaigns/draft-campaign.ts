import "server-only";
import { DEFAULT_SEQUENCE } from "@/lib/campaigns/templates/default-sequence";
import { usHolidays } from "@/lib/schedule/holidays";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { fromRow } from "@/lib/settings/desk-settings";
import type { CampaignSettings } from "./campaign-settings";

/** The campaign of a search, created with the desk's defaults the first time it is asked for. */
export async function draftCampaign(searchId: string): Promise<string> {
  const db = serviceDb();
  const existing = unwrapMaybe(
    await db.from("campaigns").select("id").eq("search_id", searchId).maybeSingle(),
  );
  if (existing) return existing.id;
  const search = unwrap(await db.from("searches").select("name").eq("id", searchId).single());
  const desk = fromRow(unwrap(await db.from("desk_settings").select("*").eq("id", 1).single()));
  const year = new Date().getUTCFullYear();
  const settings: CampaignSettings = {
    startAt: new Date().toISOString(),
    spacingMinS: desk.spacing_min_s,
    spacingMaxS: desk.spacing_max_s,
    batchSize: desk.batch_size,
    batchPauseS: desk.batch_pause_s,
    hourlyLimit: desk.hourly_limit,
    dailyLimit: desk.daily_limit,
  };
  const campaign = unwrap(
    await db
      .from("campaigns")
      .insert({
        search_id: searchId,
        name: search.name,
        settings,
        time_zone: desk.time_zone,
        window_start: desk.window_start,
        window_end: desk.window_end,
        window_days: desk.window_days,
        closed_dates: [...(desk.keep_holidays ? usHolidays(year, year + 1) : []), ...desk.closed_dates],
      })
      .select("id")
      .single(),
  );
  ensure(
    await db.from("sequence_steps").insert(
      DEFAULT_SEQUENCE.map((mail, index) => ({
        campaign_id: campaign.id,
        step: mail.step,
        gap_business_days: desk.gap_business_days[index] ?? 0,
        subject_template: mail.subject,
        body_template: mail.body,
      })),
    ),
  );
  return campaign.id;
}
