import { describe, expect, test } from "vitest";
import { CATEGORY_KEYS, judgeFiling } from "@/components/replies/category-keys";
import { listSearchDraft, sayProposalEnd } from "@/components/replies/proposal-words";
import { judgeReader, sayFixed, sayRule } from "@/components/replies/routing-words";
import { sayDecision } from "@/components/replies/sureness";
import { saySync } from "@/components/replies/sync-words";
import { sayUndo } from "@/components/replies/undo-words";
import { sayNew } from "@/components/shell/nav-items";
import { answerValues } from "@/lib/replies/answer-values";
import { CATEGORIES } from "@/lib/replies/classification";
import { endQuotesOnce } from "@/lib/replies/end-quotes-once";
import { fillAnswer, sayUnfilled } from "@/lib/replies/fill-answer";
import { isUnread } from "@/lib/replies/is-unread";
import { listAnswerStarts } from "@/lib/replies/list-answer-starts";
import { judgeReply } from "@/lib/replies/reply-state";
import { listSnoozes, snoozeUntil } from "@/lib/replies/snooze-times";

const FINALS = ["opt_out", "complaint", "hard_pass"];

describe("one key files a mail", () => {
  test("every category has a key of its own, and none is a key of the page or of the sidebar", () => {
    const keys = CATEGORIES.map((category) => CATEGORY_KEYS[category]);
    expect(new Set(keys).size).toBe(CATEGORIES.length);
    expect(keys.filter((key) => !/^[a-z]$/.test(key) || "acefjkmrsuz".includes(key))).toEqual([]);
  });

  test("what is for ever asks once more, everything else is filed at once", () => {
    const mail = { category: "interested", status: "needs_person" };
    const asking = CATEGORIES.filter((category) => judgeFiling(category, mail, FINALS) === "asks_first");
    expect(asking.toSorted()).toEqual(FINALS.toSorted());
    expect(judgeFiling("soft_pass", mail, FINALS)).toBe("files");
  });

  test("the agent's category is confirmed while the mail waits, and left alone once it is settled", () => {
    expect(judgeFiling("question", { category: "question", status: "needs_person" }, FINALS)).toBe("files");
    expect(judgeFiling("question", { category: "question", status: "routed" }, FINALS)).toBe("nothing");
    expect(judgeFiling("opt_out", { category: "opt_out", status: "done" }, FINALS)).toBe("nothing");
  });
});

test("says who decided what a mail is, and after an undo only what happened", () => {
  expect(sayDecision("agent", 0.93, "Names a number")).toBe("The agent is 93% sure: Names a number");
  expect(sayDecision("rules", 1, "Asks to stop")).toBe("Decided by rule: Asks to stop");
  expect(sayDecision("agent", 0, null)).toBe("The agent could not say");
  expect(sayDecision("person", 1, "said by Dana Whitfield")).toBe("Dana Whitfield said so");
  expect(sayDecision("person", 1, "wants a call")).toBe("A person said so: wants a call");
  expect(sayDecision(null, null, "Undone by Dana.")).toBe("Undone by Dana.");
});

describe("undo", () => {
  const undo = {
    action: "reply.soft_pass",
    category: "soft_pass",
    at: "2026-11-23T10:00:00Z",
    until: "2026-11-24T10:00:00Z",
    by: "Dana",
    did: ["sequence stopped", "nurture task opened"],
    whyNot: null,
  };

  test("says what will be taken back, each thing once", () => {
    expect(sayUndo({ ...undo, did: [...undo.did, "sequence stopped"] })).toMatchObject({
      button: "Undo what was done",
      takesBack: [
        "the sequence is held again until a person has read the mail",
        "the nurture task is removed if it is still open",
      ],
    });
  });

  test("names the address that may be mailed again and the proposal that is withdrawn", () => {
    const words = sayUndo({
      ...undo,
      did: ["excluded a@b.example", "new contact proposed", "research task closed"],
    });
    expect(words?.takesBack).toEqual([
      "a@b.example may be mailed again",
      "the proposed contact is withdrawn if nobody has decided it",
    ]);
  });

  test("is not offered for what is for ever, and says why", () => {
    const whyNot = "It is for ever; an admin can lift do-not-contact with a reason.";
    const words = sayUndo({ ...undo, did: ["contact set to do-not-contact"], whyNot });
    expect(words).toEqual({ button: null, text: `This cannot be undone. ${whyNot}`, takesBack: [] });
  });

  test("says nothing where nothing was done", () => {
    expect(sayUndo(null)).toBeNull();
    expect(sayUndo({ ...undo, did: [], whyNot: "Nothing was done about it." })?.text).toBe(
      "Nothing was done about it.",
    );
  });
});

describe("putting a mail off", () => {
  const zone = "America/Los_Angeles";

  test("tomorrow is eight in the morning of the desk, over the end of summer time too", () => {
    const evening = new Date("2026-11-01T06:30:00Z"); // Sat 31 Oct, 23:30 PDT
    expect(snoozeUntil("tomorrow", evening, zone).toISOString()).toBe("2026-11-01T16:00:00.000Z");
  });

  test("next week is the coming Monday, from a Monday the one after", () => {
    expect(snoozeUntil("next_week", new Date("2026-11-22T20:00:00Z"), zone).toISOString()).toBe(
      "2026-11-23T16:00:00.000Z",
    );
    expect(snoozeUntil("next_week", new Date("2026-11-23T20:00:00Z"), zone).toISOString()).toBe(
      "2026-11-30T16:00:00.000Z",
    );
  });

  test("the calendar begins tomorrow by the desk's clock, and every quick choice lies ahead", () => {
    const late = new Date("2026-11-24T06:30:00Z"); // Mon 23 Nov, 22:30 PST
    const { firstDay, choices } = listSnoozes(late, zone);
    expect(firstDay).toBe("2026-11-24");
    expect(choices.every(({ at }) => Date.parse(at) > late.getTime())).toBe(true);
  });

  test("a day is that day's morning, and no day is refused", () => {
    expect(snoozeUntil("2026-12-24", new Date(), zone).toISOString()).toBe("2026-12-24T16:00:00.000Z");
    expect(() => snoozeUntil("soon", new Date(), zone)).toThrow(RangeError);
  });
});

describe("how reading the mailboxes goes", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  const good = {
    mailboxId: "1",
    address: "desk@a.example",
    triedAt: "2026-11-23T11:59:40Z",
    readAt: "2026-11-23T11:59:40Z",
    behindS: 0,
    failures: 0,
    problems: [],
  };

  test("is silent about a mailbox that is caught up", () => {
    expect(saySync([good], now)).toEqual({ lastRead: good.readAt, remarks: [] });
  });

  test("names the mailbox, how far behind it is and why", () => {
    const problem = { folder: "inbox", problem: "Outlook did not answer.", since: "2026-11-23T11:54:00Z" };
    const { remarks } = saySync([good, { ...good, mailboxId: "2", behindS: 360, problems: [problem] }], now);
    expect(remarks).toEqual([
      {
        mailboxId: "2",
        text: "desk@a.example (Inbox) is 6 minutes behind: Outlook did not answer.",
        tone: "danger",
        since: problem.since,
      },
    ]);
  });

  test("says when a mailbox has silently stopped being read, or never was", () => {
    const words = (readAt: string | null) => saySync([{ ...good, readAt }], now).remarks[0]?.text;
    expect(words("2026-11-23T10:00:00Z")).toContain("last read 2 hours ago");
    expect(words(null)).toBe("desk@a.example has not been read yet.");
  });
});

describe("what replies do, in Settings", () => {
  const rule = {
    final: false,
    to_person: false,
    task_kind: "nurture",
    task_after_days: 90,
    sequence: "stop",
    priority: 50,
    title: "Not now",
  };

  test("a rule reads as sentences", () => {
    expect(sayRule(rule)).toEqual([
      "The sequence ends",
      "Nobody has to read it",
      "A nurture task after 90 days",
      "Priority 50",
    ]);
  });

  test("who reads it is fixed where it is for ever, and where a mail would be lost, with the reason", () => {
    expect(judgeReader(rule)).toEqual({ changeable: true, why: "" });
    expect(judgeReader({ ...rule, final: true })).toMatchObject({ changeable: false });
    expect(judgeReader({ ...rule, to_person: true, task_kind: null }).why).toContain("would be lost");
    expect(sayFixed({ ...rule, final: true })).toContain("Only an admin");
  });
});

describe("proposals", () => {
  const waiting = {
    kind: "contact",
    status: "pending",
    contact_id: null,
    search_id: null,
    decided_by: null,
    reason: null,
  };

  test("one that waits has no end; a dismissed one shows who and why", () => {
    expect(sayProposalEnd(waiting)).toBeNull();
    const end = sayProposalEnd({
      ...waiting,
      status: "dismissed",
      decided_by: "Dana",
      reason: "a competitor",
    });
    expect(end?.text).toBe("Dana: a competitor");
  });

  test("a taken one leads to what it became", () => {
    expect(sayProposalEnd({ ...waiting, status: "accepted", search_id: "s1" })?.href).toBe("/searches/s1");
  });

  test("a proposed search lists only what the mail filled in, and nothing of another shape", () => {
    expect(listSearchDraft({ buyerName: "Northgate", priceMax: "12000000", sizeMin: "" })).toEqual([
      { label: "Buyer", value: "Northgate" },
      { label: "Price", value: "up to $12,000,000" },
    ]);
    expect(listSearchDraft("nothing")).toEqual([]);
  });
});

describe("answers", () => {
  const values = answerValues({
    fullName: "Rosa Marquez",
    firstName: "",
    company: "Alder Holdings",
    property: { address: "412 Alder St", city: "Denver", property_type: "Industrial", building_sf: 42_000 },
    buyerName: "Cedar Exchange",
    price: "$8.5M",
    desk: { sender_name: "Dana Whitfield", desk_name: "Harbor Point", postal_address: "100 Demo Plaza" },
  });

  test("a template is filled with what is known; what is not stays to be seen and holds the answer back", () => {
    expect(fillAnswer("Hi {{first_name|there}}: {{asking_price|your number}}.", values)).toBe(
      "Hi Rosa: $8.5M.",
    );
    expect(fillAnswer("{{building_sf}} SF of {{property_type}}", values)).toBe("42,000 SF of industrial");
    const blank = fillAnswer("About {{property_address}} in {{property_city|your area}}", {});
    expect(blank).toBe("About {{property_address}} in your area");
    expect(sayUnfilled(blank)).toContain("in place of {{property_address}}:");
    expect(sayUnfilled("Nothing is open { here }.")).toBeNull();
  });

  test("a value that looks like a tag stays where it is, and cannot leave either", () => {
    expect(sayUnfilled(fillAnswer("Hi {{first_name}}", { first_name: "{{company}}" }))).not.toBeNull();
  });

  test("what fits the mail is offered first, the agent's words before all, and what is retired not at all", () => {
    const template = (id: string, category: string | null, retired_at: string | null = null) => ({
      id,
      name: id,
      body: "x",
      category,
      retired_at,
    });
    const starts = listAnswerStarts(
      [
        template("other", "referral"),
        template("own", "question"),
        template("any", null),
        template("old", null, "2026-01-01"),
      ],
      values,
      { category: "question", suggestedAnswer: "Hello" },
    );
    expect(starts.map(({ starts: group }) => group.map(({ key }) => key))).toEqual([
      ["agent", "own", "any"],
      ["other"],
    ]);
    expect(listAnswerStarts([], values, { category: null, suggestedAnswer: "" })).toEqual([]);
  });

  test("are not offered where nobody reads them or nothing may be sent, and the page says why", () => {
    const email = {
      status: "needs_person",
      snoozed_until: null,
      category: "interested",
      contact_id: "c",
      from_email: "a@b.example",
      contacts: { do_not_contact_at: null },
      companies: null,
    };
    const why = (change: object) => judgeReply({ ...email, ...change }, [], new Date()).whyNoAnswer;
    expect(why({})).toBeNull();
    expect(why({ category: "bounce" })).toContain("machine");
    expect(why({ contact_id: null, contacts: null })).toContain("Link this mail");
    expect(why({ companies: { do_not_contact_at: "2026-01-01" } })).toContain("do-not-contact");
    expect(why({ from_email: null })).toContain("no sender");
  });
});

describe("unread", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  const mail = (read_at: string | null, snoozed_until: string | null = null, status = "needs_person") =>
    isUnread({ status, snoozed_until, reply_reads: read_at === null ? [] : [{ read_at }] }, now);

  test("is what waits and was not opened since it came, or came back", () => {
    expect(mail(null)).toBe(true);
    expect(mail("2026-11-23T11:00:00Z")).toBe(false);
    expect(mail("2026-11-22T11:00:00Z", "2026-11-23T08:00:00Z")).toBe(true);
    expect(mail("2026-11-22T11:00:00Z", "2026-11-24T08:00:00Z")).toBe(false);
    expect(mail(null, null, "routed")).toBe(false);
    expect(
      isUnread({ status: "needs_person", snoozed_until: null, reply_reads: [{ read_at: null }] }, now),
    ).toBe(true);
  });

  test("stands in words beside Replies, and nowhere else", () => {
    expect(sayNew("replies", { replies: 5, unread: 2 })).toBe("2 unread");
    expect(sayNew("replies", { replies: 5, unread: 0 })).toBeNull();
    expect(sayNew("queue", { unread: 2 })).toBeNull();
  });
});

test("a reason ends its quote once, whoever wrote it", () => {
  expect(endQuotesOnce('It says "We would take $8.5M.". Parts of it read like other.')).toBe(
    'It says "We would take $8.5M." Parts of it read like other.',
  );
  expect(endQuotesOnce('The mail says "stop!".')).toBe('The mail says "stop!"');
  expect(endQuotesOnce('The mail says "stop".')).toBe('The mail says "stop".');
});
