import { z } from "zod";
import { isKnownZone } from "@/lib/schedule/zones";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time like 09:00");

const whole = (least: number, most: number, tooMuch = `at most ${most.toLocaleString("en-US")}`) =>
  z.coerce
    .number({ error: "a whole number" })
    .int("a whole number")
    .min(least, `at least ${least}`)
    .max(most, tooMuch);
const name = z.string().trim().min(1, "cannot be empty").max(120, "at most 120 characters");

/** What an operator may change in Settings; names as in the database. */
export const deskSettingsSchema = z
  .object({
    desk_name: name,
    sender_name: name,
    postal_address: z.string().trim().max(400, "at most 400 characters"),
    time_zone: z.string().refine(isKnownZone, "not a time zone this computer knows"),
    window_start: clock,
    window_end: clock,
    window_days: z.array(whole(1, 7)).min(1, "choose at least one weekday"),
    keep_holidays: z.boolean(),
    closed_dates: z.array(z.iso.date("a day like 2026-12-24")),
    gap_business_days: z.array(whole(0, 60)).length(3, "three mails, three gaps"),
    spacing_min_s: whole(0, 3600),
    spacing_max_s: whole(0, 3600),
    batch_size: whole(1, 1000),
    batch_pause_s: whole(0, 7200),
    hourly_limit: whole(1, 1000, "never more than 1,000 an hour"),
    daily_limit: whole(1, 10_000, "never more than 10,000 a day"),
    cooldown_days: whole(0, 365),
    cooldown_other_days: whole(0, 365),
    bounce_pause_percent: whole(1, 100),
    bounce_pause_count: whole(1, 1000),
    error_pause_percent: whole(1, 100),
    error_pause_count: whole(1, 1000),
  })
  .refine((value) => value.window_start < value.window_end, {
    path: ["window_end"],
    message: "the window must end after it starts",
  })
  .refine((value) => value.spacing_min_s <= value.spacing_max_s, {
    path: ["spacing_max_s"],
    message: "the longest gap is below the shortest",
  });

export type DeskSettings = z.infer<typeof deskSettingsSchema>;

/** Reads the row as the schema wants it: Postgres writes times with seconds. */
export function fromRow(
  row: { window_start: string; window_end: string } & Record<string, unknown>,
): DeskSettings {
  return deskSettingsSchema.parse({
    ...row,
    window_start: row.window_start.slice(0, 5),
    window_end: row.window_end.slice(0, 5),
  });
}
