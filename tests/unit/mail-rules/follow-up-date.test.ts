import { describe, expect, test } from "vitest";
import { readFollowUp } from "@/lib/mail-rules/follow-up-date";

const MONDAY = "2026-11-23T10:00:00Z";
const on = (text: string) => readFollowUp(text, MONDAY)?.isoDate ?? null;

describe("a soft pass that names its time is put off to that day", () => {
  test.each([
    ["Circle back in March.", "2027-03-01"],
    ["Not now, maybe after Q2", "2027-07-01"],
    ["Try us again in the spring.", "2027-03-01"],
    ["Not right now. Maybe next year when the lease is renewed.", "2027-01-05"],
    ["We just refinanced and have no plans to sell before 2028. Check back then.", "2028-01-05"],
    ["touch base in six months", "2027-05-23"],
    ["Reach out at the end of the year", "2027-01-05"],
    ["Check back after June 15", "2027-06-16"],
    ["We may consider it in a couple of years", "2028-11-23"],
    ["Please check back with me mid-April", "2027-04-15"],
    ["Ask me again next quarter", "2027-01-01"],
    ["We closed in March, but try again in 3 months", "2027-02-23"],
    ["Perhaps in Q3 2028.", "2028-07-01"],
  ])("%s", (text, day) => {
    expect(on(text)).toBe(day);
  });

  test.each([
    "We are long-term holders and not looking to sell at this time.",
    "I sold it in March 2019 and am not interested",
    "Call me Tuesday",
    "We bought it in 2015.",
    "You may call my broker.",
    "",
  ])("and names none in: %s", (text) => {
    expect(on(text)).toBeNull();
  });

  test("a mail without a date counts from nothing", () => {
    expect(readFollowUp("Circle back in March.", null)).toBeNull();
  });
});
