import { describe, expect, test } from "vitest";
import { readContactFacts } from "@/lib/mail-rules/contact-facts";

/** A Monday, 10:00 in New York. */
const WRITTEN = "2026-03-02T15:00:00.000Z";

describe("telephone numbers are found as written", () => {
  test.each<[string, string, string]>([
    ["Call me at (310) 555-0142.", "+13105550142", ""],
    ["cell 310.555.0142 x12", "+13105550142", "12"],
    ["+1 310 555 0142", "+13105550142", ""],
    ["310-555-0142", "+13105550142", ""],
    ["ring +44 20 7946 0958", "+442079460958", ""],
  ])("%s", (text, e164, extension) => {
    expect(readContactFacts(text, WRITTEN).phones[0]).toMatchObject({ e164, extension });
  });

  test("a number repeated is one number, and sums and years are none", () => {
    expect(readContactFacts("310-555-0142 or 310 555 0142", WRITTEN).phones).toHaveLength(1);
    expect(readContactFacts("$3,105,550,142 since 1987, parcel 123-45-678", WRITTEN).phones).toEqual([]);
  });
});

describe("a proposed call time keeps its words", () => {
  test("and is an instant when day, hour and zone are stated", () => {
    const facts = readContactFacts("Call me Tuesday at 3pm PT.", WRITTEN);
    expect(facts.callTimes).toEqual([{ words: "Call me Tuesday at 3pm PT.", at: "2026-03-03T23:00:00Z" }]);
    expect(readContactFacts("Are you free tomorrow at noon ET?", WRITTEN).callTimes[0]?.at).toBe(
      "2026-03-03T17:00:00Z",
    );
  });

  test.each([
    "Call me Tuesday afternoon.",
    "I'm available Friday at 3pm.",
    "Talk Thursday between 2 and 4pm ET?",
  ])("and no instant is guessed: %s", (text) => {
    expect(readContactFacts(text, WRITTEN).callTimes).toEqual([{ words: text, at: null }]);
  });

  test("the hour that does not exist in spring is left to a person", () => {
    const facts = readContactFacts("Call me Sunday at 2:30 am ET.", "2026-03-05T15:00:00Z");
    expect(facts.callTimes[0]?.at).toBeNull();
  });
});
