import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextBusinessDayAfter, readReturnDate } from "@/lib/mail-rules/return-date";

/** A Monday. */
const WRITTEN = "2026-03-02T15:00:00.000Z";

describe("the return date is read relative to the day the mail was written", () => {
  test.each<[string, string, "back_on" | "away_through"]>([
    ["I will be out of the office until Monday, March 9.", "2026-03-09", "back_on"],
    ["I am away and will return on March 9th, 2026.", "2026-03-09", "back_on"],
    ["Out of the office through Friday.", "2026-03-06", "away_through"],
    ["I'm out of office 3/2 - 3/9.", "2026-03-09", "away_through"],
    ["I will be on leave from March 2 - 13 with no email.", "2026-03-13", "away_through"],
    ["Back in the office on 3/9/26.", "2026-03-09", "back_on"],
    ["I will be back Tuesday.", "2026-03-03", "back_on"],
    ["returning 2026-03-16", "2026-03-16", "back_on"],
    ["Ich bin bis zum 9. März nicht im Büro.", "2026-03-09", "back_on"],
    ["Ab dem 09.03.2026 bin ich wieder erreichbar.", "2026-03-09", "back_on"],
    ["Je suis absent jusqu'au 9 mars 2026.", "2026-03-09", "back_on"],
    ["Estaré fuera hasta el 9 de marzo.", "2026-03-09", "back_on"],
    ["Sono assente fino al 9 marzo.", "2026-03-09", "back_on"],
    ["Ik ben afwezig tot 9 maart.", "2026-03-09", "back_on"],
    ["I will be out until tomorrow.", "2026-03-03", "back_on"],
    ["I am on vacation until the 9th of March.", "2026-03-09", "back_on"],
  ])("%s", (text, isoDate, meaning) => {
    expect(readReturnDate(text, WRITTEN)).toMatchObject({ isoDate, meaning });
  });

  test("a date without a year is the next one, over the new year too", () => {
    expect(readReturnDate("Back on January 5.", "2026-12-21T09:00:00Z")?.isoDate).toBe("2027-01-05");
  });

  test.each([
    "I am out of the office.",
    "I will return soon.",
    "Back on February 30.",
    "I was away until February 3.",
    "Until 2031-01-01 nobody is here.",
    "I have 24/7 access, back to you soon",
  ])("no date is made up: %s", (text) => {
    expect(readReturnDate(text, WRITTEN)).toBeNull();
  });

  test("a mail without a date of its own gives none", () => {
    expect(readReturnDate("Back on March 9.", "")).toBeNull();
  });
});

describe("the next business day", () => {
  test("skips the weekend and the days given as closed", () => {
    expect(nextBusinessDayAfter("2026-03-06")).toBe("2026-03-09");
    expect(nextBusinessDayAfter("2026-03-06", new Set(["2026-03-09"]))).toBe("2026-03-10");
    expect(nextBusinessDayAfter("not a date")).toBe("not a date");
  });

  test("is always later and never on a weekend", () => {
    const from = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(from, (date) => {
        const day = date.toISOString().slice(0, 10);
        const next = nextBusinessDayAfter(day);
        const weekday = new Date(`${next}T00:00:00Z`).getUTCDay();
        return next > day && weekday !== 0 && weekday !== 6;
      }),
    );
  });
});
