import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, sendNext } from "./support/make-mail";
import { addCompany, addContacts, addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { untilSomebodyWaits } from "./support/sessions";

const desk = openDesk();
const DAY = 1440;

const sendOf = async (contact: Contact | undefined, step = 1) =>
  (
    await desk().db.query<{ id: string; status: string; reason: string | null; due_at: Date }>(
      "select id, status, reason, due_at from sends where contact_id = $1 and step = $2",
      [contact?.id ?? null, step],
    )
  )[0];

describe("A mail is held", () => {
  it("while its mailbox is paused, with the reason someone gave", async () => {
    const { mailboxes } = await runCampaign(desk());
    await desk().operator.call("set_mailbox_status", {
      p_id: mailboxes[0],
      p_to: "paused",
      p_reason: "Outlook is being updated",
    });
    expect(await reserve(desk().service, mailboxes[0], NOON)).toMatchObject({
      outcome: "wait",
      reason: "the mailbox is paused: Outlook is being updated",
    });
  });

  it("while its campaign is paused, and goes when it is resumed", async () => {
    const { mailboxes, campaignId } = await runCampaign(desk());
    const move = (to: string) => desk().operator.call("set_campaign_status", { p_id: campaignId, p_to: to });
    await move("paused");
    expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("wait");
    await move("active");
    expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("reserved");
  });

  it("while a reply of its contact is being read", async () => {
    const { mailboxes, contacts } = await runCampaign(desk());
    await receive(desk(), mailboxes[0], mailFrom(contacts[0] as Contact));
    expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("wait");
    expect((await sendOf(contacts[0]))?.status).toBe("scheduled");
  });

  it.each([
    ["a reply arrives", "select hold_contact($1, 'pause', 'a reply arrived')", "contact"],
    ["its campaign is paused", "update campaigns set status = 'paused' where id = $1", "campaign"],
    [
      "its contact asks never to be mailed",
      "update contacts set do_not_contact_at = now() where id = $1",
      "contact",
    ],
  ])("when %s in the very moment it is being reserved", async (_what, change, subject) => {
    const { mailboxes, contacts, campaignId } = await runCampaign(desk());
    await desk().service.transaction(async (session) => {
      await session.rows(change, [subject === "campaign" ? campaignId : (contacts[0]?.id ?? null)]);
      // Not committed yet, so nobody can see it: the mail must not overtake it.
      expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("wait");
    });
    expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("wait");
  });

  it("when its mailbox is paused in the very moment it is being reserved", async () => {
    const { mailboxes } = await runCampaign(desk());
    let reserving: Promise<{ outcome: string }> | undefined;
    await desk().operator.transaction(async (session) => {
      await session.call("set_mailbox_status", { p_id: mailboxes[0], p_to: "paused" });
      reserving = reserve(desk().service, mailboxes[0], NOON);
      await untilSomebodyWaits(desk().db);
    });
    expect(await reserving).toMatchObject({ outcome: "wait" });
  });
});

describe("The send window", () => {
  it.each([
    ["America/Los_Angeles", "2031-05-07T15:59:59Z", "2031-05-07T16:00:00Z"],
    ["America/New_York", "2031-05-07T21:00:00Z", "2031-05-08T13:00:00Z"],
    ["Pacific/Honolulu", "2031-05-10T02:59:00Z", null],
    ["Pacific/Honolulu", "2031-05-10T03:00:00Z", "2031-05-12T19:00:00Z"],
    // Clocks go forward on Sunday 9 March 2031 and back on Sunday 2 November 2031.
    ["America/Los_Angeles", "2031-03-08T01:00:00Z", "2031-03-10T16:00:00Z"],
    ["America/Los_Angeles", "2031-11-01T00:00:00Z", "2031-11-03T17:00:00Z"],
    ["America/Phoenix", "2031-03-08T01:00:00Z", "2031-03-10T16:00:00Z"],
  ])("is nine to five where the contact is: %s at %s waits until %s", async (zone, now, until) => {
    const { mailboxes, contacts } = await runCampaign(desk(), { zone, dueAt: "2031-01-01T00:00:00Z" });
    const answer = await reserve(desk().service, mailboxes[0], now);
    expect(answer.outcome).toBe(until ? "wait" : "reserved");
    if (!until) return;
    expect(Date.parse(answer.until ?? "")).toBe(Date.parse(until));
    expect(await sendOf(contacts[0])).toMatchObject({ reason: "outside the send window" });
    expect((await reserve(desk().service, mailboxes[0], until)).outcome).toBe("reserved");
  });

  it.each([
    ["forward", "2031-03-09T15:59:59Z", "2031-03-09T16:00:00Z", "2031-03-10T00:00:00Z"],
    ["back", "2031-11-02T16:59:59Z", "2031-11-02T17:00:00Z", "2031-11-03T01:00:00Z"],
  ])("keeps to the clock on the wall on the day it goes %s", async (_way, before, opens, closes) => {
    const { mailboxes } = await runCampaign(desk(), {
      count: 3,
      dueAt: "2031-01-01T00:00:00Z",
      window: { days: "{1,2,3,4,5,6,7}" },
    });
    expect((await reserve(desk().service, mailboxes[0], before)).outcome).toBe("wait");
    expect((await reserve(desk().service, mailboxes[0], opens)).outcome).toBe("reserved");
    expect((await reserve(desk().service, mailboxes[0], minutesAfter(closes, -1))).outcome).toBe("reserved");
    expect((await reserve(desk().service, mailboxes[0], closes)).outcome).toBe("wait");
  });

  it("does not hold up the mails of other zones behind the ones that wait", async () => {
    const mailbox = await addMailbox(desk());
    await runCampaign(desk(), { count: 250, mailboxes: [mailbox], zone: "Asia/Tokyo" });
    const here = await runCampaign(desk(), { mailboxes: [mailbox], dueAt: minutesAfter(NOON, 0) });
    const answers = [];
    for (let turn = 0; turn < 3; turn++) answers.push(await reserve(desk().service, mailbox, NOON));
    expect(answers.map((answer) => answer.send?.to).filter(Boolean)).toEqual([here.contacts[0]?.email]);
  });
});

describe("A contact nobody may mail", () => {
  const cases: ReadonlyArray<
    readonly [what: string, sql: string, param: (contact: Contact, company: string) => string, reason: string]
  > = [
    [
      "asked never to be mailed",
      "update contacts set do_not_contact_at = now() where id = $1",
      (c) => c.id,
      "contact is do-not-contact",
    ],
    [
      "works for a company that did",
      "update companies set do_not_contact_at = now() where id = $1",
      (_c, k) => k,
      "company is do-not-contact",
    ],
    [
      "has an address that bounced",
      "update contacts set bounced_at = now() where id = $1",
      (c) => c.id,
      "address bounced",
    ],
    [
      "has an excluded address",
      "insert into email_exclusions (kind, value, reason, source) values ('address', $1, 'x', 'manual')",
      (c) => c.email,
      "address is excluded",
    ],
    [
      "is at an excluded domain",
      "insert into email_exclusions (kind, value, reason, source) values ('domain', $1, 'x', 'manual')",
      (c) => c.email.split("@")[1] ?? "",
      "domain is excluded",
    ],
  ];

  it.each(cases)("is skipped at the last moment when it %s", async (_what, sql, param, reason) => {
    const company = await addCompany(desk());
    const [contact] = await addContacts(desk(), 1, { companyId: company });
    if (!contact) throw new Error("no contact");
    const { mailboxes } = await runCampaign(desk(), { contacts: [contact], steps: 2 });
    await desk().service.rows(sql, [param(contact, company)]);
    expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("wait");
    expect(await sendOf(contact)).toMatchObject({ status: "skipped", reason });
  });

  it("does not stand in the way of the next one", async () => {
    const { mailboxes, contacts } = await runCampaign(desk(), { count: 2 });
    await desk().db.query("update contacts set do_not_contact_at = now() where id = $1", [
      contacts[0]?.id ?? null,
    ]);
    const { send } = await reserve(desk().service, mailboxes[0], NOON);
    expect(send?.to).toBe(contacts[1]?.email);
  });
});

describe("A follow-up", () => {
  it("waits until the mail before it has left, and is never mailed when that one did not", async () => {
    const { mailboxes, contacts } = await runCampaign(desk(), { steps: 3, gaps: [0, 0, 0] });
    const first = await reserve(desk().service, mailboxes[0], NOON);
    expect(first.send?.step).toBe(1);
    expect((await reserve(desk().service, mailboxes[0], NOON)).outcome).toBe("wait");
    await desk().service.call("record_send", { p_id: first.send?.id, p_to: "failed", p_reason: "refused" });
    expect((await reserve(desk().service, mailboxes[0], minutesAfter(NOON, 30))).outcome).toBe("wait");
    expect(await sendOf(contacts[0], 2)).toMatchObject({
      status: "skipped",
      reason: "the mail before it did not leave",
    });
    expect(await sendOf(contacts[0], 3)).toMatchObject({ status: "skipped" });
  });

  it("answers in the thread of the mail before it", async () => {
    const { mailboxes } = await runCampaign(desk(), { steps: 2, gaps: [0, 0, 0] });
    const first = await sendNext(desk(), mailboxes[0], NOON);
    const { send } = await reserve(desk().service, mailboxes[0], minutesAfter(NOON, 15));
    expect(send).toMatchObject({ step: 2, threadEntryId: `entry-${first.id}` });
  });

  it("keeps its distance when the mail before it left late: no two mails within minutes", async () => {
    const { mailboxes, contacts } = await runCampaign(desk(), { steps: 3 });
    // The mailbox was paused for two weeks: all three mails are overdue.
    const late = minutesAfter(NOON, 14 * DAY);
    await sendNext(desk(), mailboxes[0], late);
    expect((await reserve(desk().service, mailboxes[0], minutesAfter(late, 20))).outcome).toBe("wait");
    // Three business days after Wednesday the 21st is Monday the 26th.
    expect(await sendOf(contacts[0], 2)).toMatchObject({ due_at: new Date("2031-05-26T16:00:00Z") });
    const second = minutesAfter(late, 5 * DAY);
    await sendNext(desk(), mailboxes[0], second);
    expect((await reserve(desk().service, mailboxes[0], minutesAfter(second, DAY))).outcome).toBe("wait");
  });

  it("leaves at its planned time when nothing was late", async () => {
    const { mailboxes } = await runCampaign(desk(), { steps: 2, gaps: [0, 1, 0] });
    await sendNext(desk(), mailboxes[0], NOON);
    const { send } = await reserve(desk().service, mailboxes[0], minutesAfter(NOON, DAY));
    expect(send?.step).toBe(2);
  });
});

describe("The order of mails", () => {
  it("is an operator's answer first, then follow-ups, then first mails, the longest due first", async () => {
    const mailbox = await addMailbox(desk());
    const early = await runCampaign(desk(), { mailboxes: [mailbox], steps: 2, gaps: [0, 0, 0], dueAt: NOON });
    await sendNext(desk(), mailbox, NOON);
    const first = await runCampaign(desk(), { mailboxes: [mailbox], dueAt: minutesAfter(NOON, -600) });
    const second = await runCampaign(desk(), { mailboxes: [mailbox], dueAt: minutesAfter(NOON, -300) });
    const [writer] = await addContacts(desk(), 1);
    const reply = await receive(desk(), mailbox, mailFrom(writer as Contact));
    await desk().operator.call("write_reply", {
      p_email_id: reply,
      p_subject: "Re: Mail",
      p_body: "Thank you",
    });

    const order = [];
    for (let turn = 0; turn < 4; turn++)
      order.push((await reserve(desk().service, mailbox, minutesAfter(NOON, 60))).send);
    expect(order.map((send) => [send?.kind, send?.to])).toEqual([
      ["manual_reply", writer?.email],
      ["sequence", early.contacts[0]?.email],
      ["sequence", first.contacts[0]?.email],
      ["sequence", second.contacts[0]?.email],
    ]);
  });

  it("mails an operator's answer once, however often the button is pressed", async () => {
    const mailbox = await addMailbox(desk());
    const [writer] = await addContacts(desk(), 1);
    const reply = await receive(desk(), mailbox, mailFrom(writer as Contact));
    const answer = { p_email_id: reply, p_subject: "Re: Mail", p_body: "Thank you" };
    const ids = await Promise.all(
      Array.from({ length: 6 }, () => desk().operator.call<string>("write_reply", answer)),
    );
    expect(new Set(ids).size).toBe(1);
    const other = await desk().operator.call<string>("write_reply", {
      ...answer,
      p_body: "And one more thing",
    });
    expect(other).not.toBe(ids[0]);
  });
});
