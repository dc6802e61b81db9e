import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { type Reservation, reserve } from "./support/make-mail";
import { addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { untilSomebodyWaits } from "./support/sessions";

const desk = openDesk();
const OPEN = { start: "00:00", end: "24:00", days: "{1,2,3,4,5,6,7}" };

const setLimits = (changes: Record<string, number>) =>
  desk().operator.call("update_desk_settings", { p_changes: changes });

/** 12 dispatchers over the mailboxes reserve until each is told to wait. */
async function dispatch(mailboxes: readonly string[], nowOf: (turn: number) => string) {
  const reserved: string[] = [];
  const told: Reservation[] = [];
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      for (let turn = 0; ; turn++) {
        const answer = await reserve(desk().service, mailboxes[index % mailboxes.length], nowOf(turn));
        if (answer.send) reserved.push(answer.send.id);
        else {
          told.push(answer);
          return;
        }
      }
    }),
  );
  return { reserved, told };
}

/** The most hand-overs any window of this length ever saw, over all mailboxes or the fullest one. */
async function mostIn(span: string, perMailbox = false): Promise<number> {
  const [row] = await desk().db.query<{ most: number }>(
    `select max(n)::int as most from (
       select count(*) over (${perMailbox ? "partition by mailbox_id" : ""} order by handed_at
         range between '${span}'::interval - interval '1 microsecond' preceding and current row) as n
       from sends where handed_at is not null) x`,
  );
  return row?.most ?? 0;
}

describe("12 dispatchers over three mailboxes", () => {
  it("hand over exactly 20 mails at an hourly limit of 20, none of them twice", async () => {
    const mailboxes = [await addMailbox(desk()), await addMailbox(desk()), await addMailbox(desk())];
    await runCampaign(desk(), { count: 90, mailboxes });
    await setLimits({ hourly_limit: 20 });
    const { reserved, told } = await dispatch(mailboxes, () => NOON);
    expect(reserved).toHaveLength(20);
    expect(new Set(reserved).size).toBe(20);
    for (const answer of told) {
      expect(answer).toMatchObject({ outcome: "wait", reason: "hourly limit reached" });
      expect(Date.parse(answer.until ?? "")).toBe(Date.parse(minutesAfter(NOON, 60)));
    }
  });

  it("never pass 20 in any rolling hour, however the minutes fall", async () => {
    const mailboxes = [await addMailbox(desk()), await addMailbox(desk()), await addMailbox(desk())];
    await runCampaign(desk(), { count: 120, mailboxes, window: OPEN });
    await setLimits({ hourly_limit: 20 });
    let total = 0;
    // Five bursts in three hours, the last ones straddling the turn of the hour; clocks of the 12 differ by seconds.
    for (const minute of [0, 20, 59, 61, 125])
      total += (await dispatch(mailboxes, (turn) => minutesAfter(NOON, minute + (turn % 3) / 20))).reserved
        .length;
    expect(total).toBe(60);
    expect(await mostIn("1 hour")).toBe(20);
  });

  it("never pass 20 in any rolling day", async () => {
    const mailboxes = [await addMailbox(desk()), await addMailbox(desk())];
    await runCampaign(desk(), { count: 80, mailboxes, window: OPEN });
    await setLimits({ daily_limit: 20 });
    let total = 0;
    for (const hour of [0, 12, 23, 25, 47])
      total += (await dispatch(mailboxes, (turn) => minutesAfter(NOON, 60 * hour + turn))).reserved.length;
    expect(total).toBe(40);
    expect(await mostIn("24 hours")).toBe(20);
  });

  it("hold a mailbox to its own limits while the others go on", async () => {
    const slow = await addMailbox(desk(), { hourly: 5, daily: 8 });
    const mailboxes = [slow, await addMailbox(desk())];
    await runCampaign(desk(), { count: 40, mailboxes, window: OPEN });
    for (const minute of [0, 30, 65, 130]) await dispatch(mailboxes, () => minutesAfter(NOON, minute));
    const sent = await desk().db.query<{ slow: boolean; n: number }>(
      "select mailbox_id = $1 as slow, count(*)::int as n from sends where handed_at is not null group by 1 order by 1",
      [slow],
    );
    expect(sent).toEqual([
      { slow: false, n: 20 },
      { slow: true, n: 8 },
    ]);
    const answer = await reserve(desk().service, slow, minutesAfter(NOON, 200));
    expect(answer).toMatchObject({ outcome: "wait", reason: "daily limit of this mailbox reached" });
  });

  it("give back the place of a mail that surely never left, and only that one", async () => {
    const mailboxes = [await addMailbox(desk())];
    await runCampaign(desk(), { count: 10, mailboxes });
    await setLimits({ hourly_limit: 3 });
    const { reserved } = await dispatch(mailboxes, () => NOON);
    const [first, second] = reserved;
    await desk().service.call("record_send", { p_id: first, p_to: "scheduled", p_reason: "no relay" });
    await desk().service.call("record_send", { p_id: second, p_to: "uncertain", p_reason: "time-out" });
    expect((await dispatch(mailboxes, () => minutesAfter(NOON, 1))).reserved).toHaveLength(1);
  });

  it("count a mail of unknown fate, even when a person has it sent again", async () => {
    const mailboxes = [await addMailbox(desk())];
    await runCampaign(desk(), { count: 10, mailboxes });
    await setLimits({ hourly_limit: 3 });
    const { reserved } = await dispatch(mailboxes, () => NOON);
    await desk().service.call("record_send", { p_id: reserved[0], p_to: "uncertain" });
    await desk().operator.call("settle_send", { p_id: reserved[0], p_answer: "again" });
    expect((await dispatch(mailboxes, () => minutesAfter(NOON, 1))).reserved).toEqual([]);
  });

  it("obey a limit that was lowered a moment ago", async () => {
    const mailboxes = [await addMailbox(desk())];
    await runCampaign(desk(), { count: 60, mailboxes });
    await setLimits({ hourly_limit: 50 });
    expect((await dispatch(mailboxes, () => NOON)).reserved).toHaveLength(50);
    await setLimits({ hourly_limit: 20 });
    expect((await dispatch(mailboxes, () => minutesAfter(NOON, 1))).reserved).toEqual([]);
  });
});

describe("The kill switch", () => {
  const pull = { p_pulled: true, p_reason: "a complaint" };

  it("stops every mailbox at the next mail, and lets go again", async () => {
    const mailboxes = [await addMailbox(desk()), await addMailbox(desk())];
    await runCampaign(desk(), { count: 4, mailboxes });
    await desk().operator.call("set_kill_switch", pull);
    const { reserved, told } = await dispatch(mailboxes, () => NOON);
    expect(reserved).toEqual([]);
    expect(told[0]).toMatchObject({ reason: "sending is stopped by the kill switch" });
    await desk().operator.call("set_kill_switch", { p_pulled: false, p_reason: null });
    expect((await dispatch(mailboxes, () => NOON)).reserved).toHaveLength(4);
  });

  it("holds for a mail that was being reserved while it was pulled", async () => {
    const plan = await runCampaign(desk());
    let reserving: Promise<Reservation> | undefined;
    await desk().operator.transaction(async (session) => {
      await session.call("set_kill_switch", pull);
      reserving = reserve(desk().service, plan.mailboxes[0], NOON);
      await untilSomebodyWaits(desk().db);
    });
    expect(await reserving).toMatchObject({ outcome: "wait" });
  });
});
