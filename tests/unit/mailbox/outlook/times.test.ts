import { afterEach, describe, expect, test } from "vitest";
import { resultOf } from "./call-host";
import { newOutlook, received, sentItem } from "./fake-outlook";
import { list } from "./requests";

const ZONE = process.env.TZ;
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
];
const ids = (items: readonly { entryId: string }[]) => items.map((item) => item.entryId);

describe.each(ZONES)("on a PC in %s", (zone) => {
  test("lists oldest first from an instant on, reports too", () => {
    process.env.TZ = zone;
    const outlook = newOutlook();
    outlook.items.push(
      received("new", Date.UTC(2026, 6, 1, 10)),
      received("report", Date.UTC(2026, 0, 15, 9, 30, 5), { cls: 46, messageClass: "REPORT.IPM.Note.NDR" }),
      received("too-old", Date.UTC(2026, 0, 15, 9, 30, 4)),
    );
    const all = resultOf(outlook, list({ sinceUtc: "2026-01-15T09:30:05Z" }));
    expect(all.items.map((item) => [item.entryId, item.kind, item.receivedUtc])).toEqual([
      ["report", "report", "2026-01-15T09:30:05Z"],
      ["new", "mail", "2026-07-01T10:00:00Z"],
    ]);
    const page = resultOf(outlook, list({ sinceUtc: "2026-01-15T09:30:05Z", limit: 1 }));
    expect([ids(page.items), page.more]).toEqual([["report"], true]);
  });

  test("says the right instant in every hour of a year, also where clocks change", () => {
    process.env.TZ = zone;
    const outlook = newOutlook();
    const start = Date.UTC(2026, 0, 1, 0, 45);
    const hours = [...changes(start), start, start + 3_600_000 * 5000];
    for (const at of hours) outlook.items.push(received(`at-${at}`, at));
    for (const item of resultOf(outlook, list()).items)
      expect(item.receivedUtc).toBe(
        new Date(Number(item.entryId.slice(3))).toISOString().replace(".000", ""),
      );
  });

  test("pages through a clock change without losing or repeating a mail", () => {
    process.env.TZ = zone;
    const outlook = newOutlook();
    const times = changes(Date.UTC(2026, 0, 1)).filter((_, index) => index % 2 === 0);
    for (const at of times.length > 0 ? times : [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2)])
      outlook.items.push(sentItem(`at-${at}`, at));
    const all = ids(resultOf(outlook, list({ folder: "sent" })).items);
    expect(new Set(all).size).toBe(outlook.items.length);
    for (const [index, id] of all.entries()) {
      const sinceUtc = new Date(Number(id.slice(3))).toISOString();
      expect(ids(resultOf(outlook, list({ folder: "sent", sinceUtc })).items)).toEqual(all.slice(index));
    }
  });
});

/** Every quarter of an hour within four hours of any change of this zone's clock in a year. */
function changes(start: number): number[] {
  const quarter = 900_000;
  const found = new Set<number>();
  for (let at = start; at < start + 366 * 86_400_000; at += 3_600_000) {
    if (new Date(at).getTimezoneOffset() === new Date(at + 3_600_000).getTimezoneOffset()) continue;
    // The wall clock of a UTC time is misread near the same wall time, an offset away from the instant of the change.
    const wall = at - new Date(at).getTimezoneOffset() * 60_000;
    for (const centre of [at, wall])
      for (let i = -16; i <= 16; i++) found.add(Math.round(centre / quarter) * quarter + i * quarter);
  }
  return [...found].sort((a, b) => a - b);
}
