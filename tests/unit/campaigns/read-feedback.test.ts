import { describe, expect, test } from "vitest";
import { editSentence } from "@/lib/campaigns/edits/edit-sentence";
import { planSentence } from "@/lib/campaigns/plan-sentence";
import { readFeedback } from "@/lib/campaigns/read-feedback";
import { DEFAULT_SEQUENCE } from "@/lib/campaigns/templates/default-sequence";
import { checkTemplate } from "@/lib/campaigns/templates/template";
import { changesOfWords } from "@/lib/campaigns/words/changes-of-words";

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
    expect(readFeedback("start now please", TODAY)).toMatchObject({ startDate: TODAY, unread: [] });
    expect(readFeedback("start next week", TODAY).startDate).toBe("2026-11-30");
    expect(readFeedback("softer second mail, start in 2 days", TODAY)).toMatchObject({
      startDate: "2026-11-25",
      unread: [],
    });
    expect(readFeedback("start in a week", TODAY).startDate).toBe("2026-11-30");
  });

  test("that are no rule change nothing and are told back", () => {
    const read = readFeedback("Mention the lake view, and start on 2026-02-31. Thanks!", TODAY);
    expect(read).toMatchObject({
      startDate: null,
      skipTitles: [],
      perDayLimit: null,
      gaps: null,
      windowStart: null,
      softerSteps: [],
      understood: [],
      unread: ["Mention the lake view", "start on 2026-02-31"],
    });
  });

  test("of which a part is a rule have the rest told back, and courtesies are not", () => {
    const read = readFeedback(
      "Looks good. Please skip all brokers and attorneys, at most 1,000 a day and mention Oak St",
      TODAY,
    );
    expect(read.skipTitles).toEqual(["broker", "attorney"]);
    expect(read.perDayLimit).toBe(1000);
    expect(read.unread).toEqual(["mention Oak St"]);
  });

  test.each([
    ["only between 10 and 3", "10:00", "15:00"],
    ["send from 1 to 4pm", "13:00", "16:00"],
    ["window 8:30-16:00", "08:30", "16:00"],
    ["not before 10am", "10:00", null],
    ["no later than 4 pm please", null, "16:00"],
    ["not after 16:00", null, "16:00"],
    ["window 0:00-24:00", "00:00", "24:00"],
    ["mornings only", "09:00", "12:00"],
    ["before noon", null, "12:00"],
    ["send 10 to 20 a day", null, null],
    ["gaps 0/3/4", null, null],
    ["start on 2026-12-10", null, null],
    ["between 25 and 30", null, null],
  ])("name a part of the day: %s", (words, windowStart, windowEnd) => {
    expect(readFeedback(words, TODAY)).toMatchObject({ windowStart, windowEnd });
  });

  test.each([
    ["softer second mail", [2]],
    ["make the last mail friendlier, the first one is fine", [3]],
    ["gentler follow-ups", [2, 3]],
    ["less pushy", [1, 2, 3]],
  ])("ask for softer mails: %s", (words, softerSteps) => {
    expect(readFeedback(words, TODAY).softerSteps).toEqual(softerSteps);
  });

  test("limits a person names never pass the desk's own", () => {
    expect(readFeedback("max 50,000 per day", TODAY).perDayLimit).toBe(10_000);
  });
});

describe("words about a campaign", () => {
  const campaign = {
    timeZone: "America/Denver",
    windowStart: "09:00:00",
    windowEnd: "17:00:00",
    templates: DEFAULT_SEQUENCE,
  };
  const spoken = (words: string, change: Partial<typeof campaign> = {}) =>
    changesOfWords(words, { ...campaign, ...change }, TODAY);

  test("become changes of it, whether it waits or runs", () => {
    const { changes, skipTitles, notes } = spoken(
      "skip brokers, start next Tuesday, softer second mail, 10-3 is best",
    );
    expect(changes).toMatchObject({ startAt: "2026-12-01T16:00:00Z", templates: [{ step: 2 }] });
    expect(changes.templates?.[0]?.body).not.toContain("ten minutes on the phone");
    expect(skipTitles).toEqual(["broker"]);
    expect(notes.join("\n")).toContain("writes mail 2 in softer words");
    expect(notes.join("\n")).toContain("“10-3 is best” is no rule");
  });

  test("soften no mail that a person wrote, and say so", () => {
    const own = DEFAULT_SEQUENCE.map((mail) => ({ ...mail, body: `${mail.body}\nP.S.` }));
    const { changes, notes } = spoken("softer second mail", { templates: own });
    expect(changes).toEqual({});
    expect(notes[1]).toContain("mail 2 stays");
  });

  test("leave a window alone that would end before it starts", () => {
    const { changes, notes } = spoken("not after 10:00", { windowStart: "11:00:00" });
    expect(changes).toEqual({});
    expect(notes.join("\n")).toContain("the window stays: it would open at 11:00 and close at 10:00");
  });

  test("put softer mails in place that still say who writes, from where, and how to opt out", () => {
    const { changes } = spoken("softer");
    expect(changes.templates).toHaveLength(3);
    for (const { body, subject } of changes.templates ?? []) {
      expect([...checkTemplate(body), ...checkTemplate(subject)]).toEqual([]);
      for (const needed of ["{{postal_address}}", "{{desk_name}}", "unsubscribe"])
        expect(body).toContain(needed);
    }
    expect(spoken("softer", { templates: changes.templates ?? [] }).changes).toEqual({});
  });
});

test("a change of a running campaign says in one sentence what approving does", () => {
  const nothing = { firstBefore: null, lastBefore: null, firstAfter: null, lastAfter: null, moved: 0 };
  expect(
    editSentence({ ...nothing, mails: 12, contacts: 1, rewritten: 12, leftOut: 1, leftOutMails: 1 }),
  ).toBe(
    "Approving changes 12 mails to 1 contact that have not left: 12 rewritten; and leaves out 1 contact: 1 mail that has not left is cancelled.",
  );
  expect(editSentence({ ...nothing, mails: 0, contacts: 0, rewritten: 0, leftOut: 2, leftOutMails: 5 })).toBe(
    "Approving leaves out 2 contacts: 5 mails that have not left are cancelled.",
  );
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
