import { describe, expect, test } from "vitest";
import { planSentence } from "@/lib/campaigns/plan-sentence";
import { readFeedback } from "@/lib/campaigns/read-feedback";

// A Monday.
const TODAY = "2026-11-23";

describe("words about a plan", () => {
  test("are read where they are rules", () => {
    expect(
      readFeedback("skip brokers, start next Tuesday, at most 100 mails a day, gaps 0/4/7", TODAY),
    ).toMatchObject({
      startDate: "2026-12-01",
      skipTitles: ["broker"],
      perDayLimit: 100,
      gaps: [0, 4, 7],
    });
    expect(readFeedback("Start Tuesday", TODAY).startDate).toBe("2026-11-24");
    expect(readFeedback("please begin tomorrow", TODAY).startDate).toBe("2026-11-24");
    expect(readFeedback("start on 2026-12-15", TODAY).startDate).toBe("2026-12-15");
    expect(readFeedback("start next week", TODAY).startDate).toBe("2026-11-30");
  });

  test("that are no rule change nothing and say so", () => {
    const read = readFeedback("a softer second mail, and start on 2026-02-31", TODAY);
    expect(read).toMatchObject({
      startDate: null,
      skipTitles: [],
      perDayLimit: null,
      gaps: null,
      understood: [],
    });
  });

  test("limits a person names never pass the desk's own", () => {
    expect(readFeedback("max 50,000 per day", TODAY).perDayLimit).toBe(10_000);
  });
});

test("a plan says in one sentence what approving sends", () => {
  const totals = {
    contacts: 120,
    enrolled: 104,
    leftOut: {},
    sends: 312,
    mailboxes: 2,
    firstDueAt: "2026-11-24T17:04:00Z",
    lastDueAt: "2026-12-04T00:50:00Z",
  };
  expect(planSentence(totals, "America/Los_Angeles")).toBe(
    "Approving sends 312 mails to 104 contacts between Tue, Nov 24, 9:04 AM and Thu, Dec 3, 4:50 PM PST from 2 mailboxes.",
  );
});
