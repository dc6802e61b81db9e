import { describe, expect, it } from "vitest";
import { entityHref, listChanges, sayAction, sayEntity } from "@/components/settings/audit-words";
import { readDeskForm } from "@/components/settings/read-desk-form";
import { sayDay } from "@/components/settings/say-day";
import { deskSettingsSchema, fromRow } from "@/lib/settings/desk-settings";

const settings = fromRow({
  desk_name: "Harbor Point",
  sender_name: "Dana",
  postal_address: "",
  time_zone: "America/Los_Angeles",
  window_start: "09:00:00",
  window_end: "17:00:00",
  window_days: [1, 2, 3, 4, 5],
  keep_holidays: true,
  closed_dates: [],
  gap_business_days: [0, 3, 4],
  spacing_min_s: 30,
  spacing_max_s: 90,
  batch_size: 50,
  batch_pause_s: 600,
  hourly_limit: 1000,
  daily_limit: 10_000,
  cooldown_days: 30,
  cooldown_other_days: 14,
  bounce_pause_percent: 10,
  bounce_pause_count: 10,
  error_pause_percent: 30,
  error_pause_count: 5,
});

function formOf(changes: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...settings, ...changes })) {
    if (value === false) continue;
    for (const one of Array.isArray(value) ? value : [value === true ? "on" : value])
      data.append(name, String(one));
  }
  return data;
}
const problemsOf = (changes: Record<string, string | string[]>) => {
  const parsed = deskSettingsSchema.safeParse(readDeskForm(formOf(changes)));
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [path.join("."), message]),
  );
};

describe("The desk's form", () => {
  it("reads back exactly what it showed", () => {
    expect(readDeskForm(formOf({}))).toEqual(settings);
  });

  it.each([
    [{ hourly_limit: "1001" }, { hourly_limit: "never more than 1,000 an hour" }],
    [{ batch_size: "" }, { batch_size: "a whole number" }],
    [{ batch_size: "many" }, { batch_size: "a whole number" }],
    [{ gap_business_days: ["0", "-1", "4"] }, { "gap_business_days.1": "at least 0" }],
    [{ desk_name: " " }, { desk_name: "cannot be empty" }],
    [{ window_end: "08:00" }, { window_end: "the window must end after it starts" }],
    [{ window_days: [] }, { window_days: "choose at least one weekday" }],
    [{ closed_dates: ["2026-02-30"] }, { "closed_dates.0": "a day like 2026-12-24" }],
  ])("says at the field what is wrong with %j", (changes, problems) => {
    expect(problemsOf(changes as Record<string, string | string[]>)).toEqual(problems);
  });

  it("names days without a time zone shifting them", () => {
    expect(sayDay("2026-11-26")).toBe("Thu 26 Nov 2026");
    expect(sayDay("soon")).toBe("soon");
  });
});

describe("The audit log in words", () => {
  it("says every action, also one it has not heard of", () => {
    expect(sayAction("reply.hard_pass")).toBe("Filed as hard pass");
    expect(sayAction("mailbox.paused")).toBe("Paused a mailbox");
    expect(sayAction("search.awaiting_campaign")).toBe("Awaiting campaign");
    expect(sayAction("oddity")).toBe("Oddity");
    expect(sayEntity("synced_emails")).toBe("reply");
  });

  it("leads to what a row is about where that has a page", () => {
    expect(entityHref("searches", "x")).toBe("/searches/x");
    expect(entityHref("sends", "x")).toBeNull();
  });

  it("lists only what changed, with both values", () => {
    expect(
      listChanges({ mode: "plan", same: 1, updated_at: "a" }, { mode: "auto", same: 1, updated_at: "b" }),
    ).toEqual([{ field: "mode", from: "plan", to: "auto" }]);
    expect(listChanges(null, { did: ["x"] })).toEqual([{ field: "did", from: null, to: '["x"]' }]);
  });
});
