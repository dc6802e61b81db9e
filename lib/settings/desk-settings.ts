import { z } from "zod";
import { isKnownZone } from "@/lib/schedule/zones";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time like 09:00");

/** What an operator may change in Settings; names as in the database. */
export const deskSettingsSchema = z
  .object({
    desk_name: z.string().trim().min(1).max(120),
    sender_name: z.string().trim().min(1).max(120),
    postal_address: z.string().trim().max(400),
    time_zone: z.string().refine(isKnownZone, "not a time zone this computer knows"),
    window_start: clock,
    window_end: clock,
    window_days: z.array(z.coerce.number().int().min(1).max(7)).min(1, "choose at least one weekday"),
    keep_holidays: z.boolean(),
    closed_dates: z.array(z.iso.date()),
    gap_business_days: z.array(z.coerce.number().int().min(0).max(60)).length(3, "three mails, three gaps"),
    spacing_min_s: z.coerce.number().int().min(0).max(3600),
    spacing_max_s: z.coerce.number().int().min(0).max(3600),
    batch_size: z.coerce.number().int().min(1).max(1000),
    batch_pause_s: z.coerce.number().int().min(0).max(7200),
    hourly_limit: z.coerce.number().int().min(1).max(1000, "never more than 1,000 an hour"),
    daily_limit: z.coerce.number().int().min(1).max(10_000, "never more than 10,000 a day"),
    cooldown_days: z.coerce.number().int().min(0).max(365),
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
