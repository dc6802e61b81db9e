import { describe, expect, it } from "vitest";
import { nextFriday, readUntil, writeUntil } from "@/lib/trust/read-until";

const LA = "America/Los_Angeles";

describe("“Until Friday 17:00”", () => {
  it("means 17:00 where the desk is, in summer and in winter", () => {
    expect(readUntil({ day: "2026-11-27", clock: "17:00" }, LA)).toBe("2026-11-28T01:00:00Z");
    expect(readUntil({ day: "2026-07-03", clock: "17:00" }, LA)).toBe("2026-07-04T00:00:00Z");
  });

  it("is the next moment there is when the clocks skip that one", () => {
    expect(readUntil({ day: "2026-03-08", clock: "02:30" }, LA)).toBe("2026-03-08T10:30:00Z");
  });

  it("comes back as it was typed", () => {
    const typed = { day: "2026-11-27", clock: "17:00" };
    expect(writeUntil(readUntil(typed, LA), LA)).toEqual(typed);
  });

  it.each([
    ["2026-11-23T18:00:00Z", "2026-11-27"], // Monday
    ["2026-11-28T00:59:00Z", "2026-11-27"], // Friday 16:59 there, Saturday here
    ["2026-11-28T01:00:00Z", "2026-12-04"], // Friday 17:00: it is over
    ["2026-11-28T20:00:00Z", "2026-12-04"], // Saturday
  ])("is the coming Friday: at %s that is %s", (now, friday) => {
    expect(nextFriday(new Date(now), LA)).toBe(friday);
  });
});
