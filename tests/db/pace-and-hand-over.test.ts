import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve } from "./support/make-mail";
import { addContacts, addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together, untilSomebodyWaits } from "./support/sessions";

const desk = openDesk();
const OPEN = { start: "00:00", end: "24:00", days: "{1,2,3,4,5,6,7}" };
const secondsAfter = (iso: string, seconds: number) =>
  new Date(Date.parse(iso) + seconds * 1000).toISOString();

interface Reserved {
  readonly id: string;
  readonly attempt: number;
  readonly restUntil: string | null;
}
const reserveOne = async (mailbox: string | undefined, now: string) => {
  const answer = await reserve(desk().service, mailbox, now);
  return { ...answer, send: answer.send as (Reserved & { kind: string }) | undefined };
};

describe("Mails of one mailbox", () => {
  it("leave 30 to 90 seconds apart, drawn per mail and the same in every run, with a pause after each batch", async () => {
    const settings = { spacingMinS: 30, spacingMaxS: 90, batchSize: 4, batchPauseS: 600 };
    const { mailboxes } = await runCampaign(desk(), { count: 12, settings, window: OPEN });
    const times: number[] = [];
    const drawn = new Map<string, number>();
    for (let now = NOON; times.length < 9; ) {
      const { send, until } = await reserveOne(mailboxes[0], now);
      if (send) {
        times.push(Date.parse(now) / 1000);
        const rest = (Date.parse(send.restUntil ?? "") - Date.parse(now)) / 1000;
        drawn.set(send.id, rest);
        // A run that starts anew, here one that asks at once, is told to wait as long.
        expect(await reserveOne(mailboxes[0], secondsAfter(now, 5))).toMatchObject({
          outcome: "wait",
          until: send.restUntil?.replace("Z", "+00:00"),
        });
        now = send.restUntil ?? "";
      } else now = until ?? "";
    }
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect([gaps[3], gaps[7]]).toEqual([600, 600]);
    const plain = gaps.filter((_, index) => index !== 3 && index !== 7);
    for (const gap of plain) {
      expect(gap).toBeGreaterThanOrEqual(30);
      expect(gap).toBeLessThanOrEqual(90);
    }
    expect(new Set(plain).size).toBeGreaterThan(2);
    for (const [id, rest] of drawn)
      if (rest !== 600) {
        const [row] = await desk().db.query<{ s: number }>("select spacing_after($1, $2) as s", [
          id,
          JSON.stringify(settings),
        ]);
        expect(row?.s).toBe(rest);
      }
  });

  it("keep to the plan's own times when the plan spaced them", async () => {
    const mailbox = await addMailbox(desk());
    const settings = { spacingMinS: 30, spacingMaxS: 90, batchSize: 50, batchPauseS: 600 };
    for (const seconds of [0, 35, 70])
      await runCampaign(desk(), {
        mailboxes: [mailbox],
        dueAt: secondsAfter(NOON, seconds),
        settings,
        window: OPEN,
      });
    const outcomes = [];
    for (const seconds of [0, 34, 35, 70])
      outcomes.push((await reserve(desk().service, mailbox, secondsAfter(NOON, seconds))).outcome);
    expect(outcomes).toEqual(["reserved", "wait", "reserved", "reserved"]);
  });

  it("let a person's answer through at once, whatever pause is on", async () => {
    const mailbox = await addMailbox(desk());
    const settings = { spacingMinS: 60, spacingMaxS: 60, batchSize: 1, batchPauseS: 3600 };
    await runCampaign(desk(), { count: 3, mailboxes: [mailbox], settings, window: OPEN });
    await reserve(desk().service, mailbox, NOON);
    const [writer] = await addContacts(desk(), 1);
    const reply = await receive(desk(), mailbox, mailFrom(writer as Contact));
    await desk().operator.call("write_reply", {
      p_email_id: reply,
      p_subject: "Re: Mail",
      p_body: "Thank you",
    });
    expect((await reserveOne(mailbox, secondsAfter(NOON, 2))).send?.kind).toBe("manual_reply");
    expect(await reserve(desk().service, mailbox, secondsAfter(NOON, 3))).toMatchObject({
      reason: "the mailbox rests after a batch",
    });
  });

  it("are looked for only where something falls due, and nowhere while sending is stopped", async () => {
    const now = new Date();
    const due = await runCampaign(desk(), { dueAt: now.toISOString(), window: OPEN });
    await runCampaign(desk(), { dueAt: minutesAfter(now.toISOString(), 30), window: OPEN });
    expect(await desk().service.call("mailboxes_due")).toEqual(due.mailboxes);
    await desk().operator.call("set_kill_switch", { p_pulled: true, p_reason: "look" });
    expect(await desk().service.call("mailboxes_due")).toEqual([]);
  });
});

describe("A hand-over", () => {
  const begin = (send: { id: string; attempt: number } | undefined, session = desk().service) =>
    session.call<string>("begin_hand_over", { p_id: send?.id, p_attempt: send?.attempt });
  const statusOf = async (id: string | undefined) =>
    (
      await desk().db.query<Record<string, unknown>>(
        "select status, handed_at, begun_at, again from sends where id = $1",
        [id ?? null],
      )
    )[0];

  it("begins once per reservation, however many processes try at once", async () => {
    const { mailboxes } = await runCampaign(desk());
    const { send } = await reserveOne(mailboxes[0], NOON);
    const answers = await together(desk().service, 12, (session) =>
      session.call<string>("begin_hand_over", { p_id: send?.id, p_attempt: send?.attempt }),
    );
    expect(answers.filter((answer) => answer === "go")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "began")).toHaveLength(11);
  });

  it.each([
    ["the kill switch is pulled", "select set_kill_switch(true, 'a complaint')"],
    ["its mailbox is paused", "select set_mailbox_status(id, 'paused') from mailboxes"],
    ["its campaign is paused", "select set_campaign_status(id, 'paused') from campaigns"],
    ["its contact writes", "select hold_contact(id, 'pause', 'a reply arrived') from contacts"],
  ])("does not begin when, after it was reserved, %s", async (_what, change) => {
    const { mailboxes } = await runCampaign(desk());
    const { send } = await reserveOne(mailboxes[0], NOON);
    await desk().service.rows(change);
    expect(await begin(send)).toBe("stopped");
    expect(await statusOf(send?.id)).toMatchObject({ status: "scheduled", handed_at: null });
  });

  it("that was about to begin waits for whoever pulls the kill switch, and then does not", async () => {
    const { mailboxes } = await runCampaign(desk());
    const { send } = await reserveOne(mailboxes[0], NOON);
    let beginning: Promise<string> | undefined;
    await desk().operator.transaction(async (session) => {
      await session.call("set_kill_switch", { p_pulled: true, p_reason: "a complaint" });
      beginning = begin(send);
      await untilSomebodyWaits(desk().db);
    });
    expect(await beginning).toBe("stopped");
  });

  it("of a reservation whose process died before it began goes back to the queue; one that began is looked up", async () => {
    const { mailboxes } = await runCampaign(desk(), { count: 2 });
    const long = new Date(Date.now() - 20 * 60_000).toISOString();
    await desk().db.query(
      "update campaigns set window_start = '00:00', window_end = '24:00', window_days = '{1,2,3,4,5,6,7}'",
    );
    await desk().db.query("update sends set due_at = $1", [long]);
    const never = await reserveOne(mailboxes[0], long);
    const begun = await reserveOne(mailboxes[0], long);
    await begin(begun.send);
    await desk().db.query("update sends set begun_at = $1 where begun_at is not null", [long]);
    expect(await desk().service.call("stalled_sends")).toEqual([begun.send?.id]);
    expect(await statusOf(never.send?.id)).toMatchObject({ status: "scheduled", handed_at: null });
    // The process was only slow: its reservation is no longer its own.
    const again = await reserveOne(mailboxes[0], new Date().toISOString());
    expect(again.send?.id).toBe(never.send?.id);
    expect(await begin(never.send)).toBe("settled");
    expect(await begin(again.send)).toBe("go");
  });

  it("after a person looked says so to the mailbox, which would else take it for done", async () => {
    const { mailboxes } = await runCampaign(desk(), { window: OPEN });
    const { send } = await reserveOne(mailboxes[0], NOON);
    await begin(send);
    await desk().service.call("record_send", { p_id: send?.id, p_to: "uncertain" });
    await desk().operator.call("settle_send", { p_id: send?.id, p_answer: "again" });
    expect(await statusOf(send?.id)).toMatchObject({ status: "scheduled", begun_at: null, again: true });
    expect((await reserveOne(mailboxes[0], minutesAfter(NOON, 1))).send).toMatchObject({
      id: send?.id,
      attempt: 2,
      again: true,
    });
  });
});
