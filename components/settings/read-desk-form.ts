import type { DeskSettings } from "@/lib/settings/desk-settings";

/** The form's fields in the shape of the schema. Numbers that are none become NaN, which the schema then names. */
export function readDeskForm(data: FormData): DeskSettings {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const number = (value: string) => (value === "" ? Number.NaN : Number(value));
  const numbers = (name: string) => data.getAll(name).map((value) => number(String(value).trim()));
  return {
    desk_name: text("desk_name"),
    sender_name: text("sender_name"),
    postal_address: text("postal_address"),
    time_zone: text("time_zone"),
    window_start: text("window_start"),
    window_end: text("window_end"),
    window_days: numbers("window_days"),
    keep_holidays: data.get("keep_holidays") === "on",
    closed_dates: data.getAll("closed_dates").map(String).filter(Boolean).sort(),
    gap_business_days: numbers("gap_business_days"),
    spacing_min_s: number(text("spacing_min_s")),
    spacing_max_s: number(text("spacing_max_s")),
    batch_size: number(text("batch_size")),
    batch_pause_s: number(text("batch_pause_s")),
    hourly_limit: number(text("hourly_limit")),
    daily_limit: number(text("daily_limit")),
    cooldown_days: number(text("cooldown_days")),
    cooldown_other_days: number(text("cooldown_other_days")),
    bounce_pause_percent: number(text("bounce_pause_percent")),
    bounce_pause_count: number(text("bounce_pause_count")),
    error_pause_percent: number(text("error_pause_percent")),
    error_pause_count: number(text("error_pause_count")),
  };
}
