import { describe, expect, it } from "vitest";
import { dailyLimitAt, limitsOf } from "@/lib/schedule/mailbox-limits";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { type Reservation, reserve } from "./support/make-mail";
import { addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const OPEN = { start: "00:00", end: "24:00", days: "{1,2,3,4,5,6,7}" };
const DAY = 1440;

/** 12 dispatchers over the mailboxes reserve until each is told to wait. */
async function dispatch(mailboxes: readonly string[], now: string) {
  const reserved: { id: string; mailbox: string }[] = [];
  const told: Reservation[] = [];
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const mailbox = mailboxes[index % mailboxes.length] ?? "";
      for (;;) {
        const answer = await reserve(desk().service, mailbox, now);
        if (!answer.send) {
          told.push(answer);
          return;
        }
        reserved.push({ id: answer.send.id, mailbox });
      }
    }),
  );
  expect(new Set(reserved.map((send) => send.id)).size).toBe(reserved.length);
  return { reserved, told };
}

const warmUp = (mailbox: string, startedOn: string, start: number, step: number, daily = 10_000) =>
  desk().operator.row("set_mailbox_limits", {
    p_id: mailbox,
    p_hourly: 1000,
    p_daily: daily,
    p_ramp_started_on: startedOn,
    p_ramp_start_per_day: start,
    p_ramp_step_per_day: step,
  });
const noteHandSent = (mailbox: string | undefined, mail: Record<string, unknown>) =>
  desk().service.call<boolean>("note_hand_sent", {
    p_mailbox_id: mailbox,
    p_mail: { entryId: crypto.randomUUID(), sentAt: NOON, toEmails: ["friend@elsewhere.test"], ...mail },
  });

describe("A campaign's own daily limit", () => {
  it("is kept exactly by 12 dispatchers over three mailboxes, while another campaign goes on", async () => {
    const mailboxes = [await addMailbox(desk()), await addMailbox(desk()), await addMailbox(desk())];
    const slow = await runCampaign(desk(), {
      count: 60,
      mailboxes,
      settings: { dailyLimit: 17 },
      window: OPEN,
    });
    const free = await runCampaign(desk(), {
      count: 30,
      mailboxes,
      settings: { dailyLimit: 10_000 },
      window: OPEN,
    });
    const sentOf = async (campaignId: string) =>
      (
        await desk().db.query("select 1 from sends where campaign_id = $1 and handed_at is not null", [
          campaignId,
        ])
      ).length;
    const { told } = await dispatch(mailboxes, NOON);
    expect([await sentOf(slow.campaignId), await sentOf(free.campaignId)]).toEqual([17, 30]);
    for (const answer of told)
      expect(answer).toMatchObject({ outcome: "wait", reason: "daily limit of the campaign reached" });
    expect(Date.parse(told[0]?.until ?? "")).toBe(Date.parse(minutesAfter(NOON, DAY)));
    expect((await dispatch(mailboxes, minutesAfter(NOON, DAY - 1))).reserved).toEqual([]);
    expect((await dispatch(mailboxes, minutesAfter(NOON, DAY))).reserved).toHaveLength(17);
  });
});

describe("A mailbox that warms up", () => {
  it("sends its first day's few and more each day, up to its own limit", async () => {
    const mailbox = await addMailbox(desk());
    await runCampaign(desk(), { count: 60, mailboxes: [mailbox], window: OPEN });
    await warmUp(mailbox, "2031-05-07", 5, 10, 20);
    const counts = [];
    // Two days on, so that each day's rolling window holds nothing of the day before.
    for (const day of [0, 2, 4]) {
      const { reserved, told } = await dispatch([mailbox], minutesAfter(NOON, day * DAY));
      counts.push(reserved.length);
      if (day === 0)
        expect(told[0]).toMatchObject({
          reason: "warm-up limit of this mailbox reached",
          until: "2031-05-08T07:00:00+00:00",
        });
    }
    expect(counts).toEqual([5, 20, 20]);
  });

  it("has the same limit in the database and in what plans with it, on every day and across a change of clocks", async () => {
    const mailbox = await addMailbox(desk());
    for (const [startedOn, start, step] of [
      ["2031-03-07", 20, 15],
      ["2031-05-20", 1, 0],
      ["2031-01-01", 9_999, 10_000],
    ] as const) {
      const row = await warmUp(mailbox, startedOn, start, step, 300);
      for (let hour = 0; hour < 24 * 6; hour += 5) {
        const at = minutesAfter("2031-03-06T20:30:00Z", hour * 60);
        const inDatabase = await desk().operator.call("mailbox_daily_limit", {
          p_mailbox_id: mailbox,
          p_at: at,
        });
        const limits = limitsOf(row as unknown as Parameters<typeof limitsOf>[0]);
        // The driver reads a date as midnight here; the API sends it as text.
        const planned = dailyLimitAt(
          { ...limits, rampStartedOn: startedOn },
          Date.parse(at),
          "America/Los_Angeles",
        );
        expect(planned, at).toBe(inDatabase);
      }
    }
  });

  it("is changed with an audit row, and refused when it is half said or out of bounds", async () => {
    const mailbox = await addMailbox(desk());
    await warmUp(mailbox, "2031-05-07", 5, 10);
    const [audit] = await desk().db.query(
      "select actor, after ->> 'ramp_start_per_day' as start from audit_log where action = 'mailbox.limits'",
    );
    expect(audit).toEqual({ actor: desk().operatorName, start: "5" });
    const limits = { p_id: mailbox, p_hourly: 10, p_daily: 100 };
    await expect(
      desk().operator.row("set_mailbox_limits", { ...limits, p_ramp_start_per_day: 5 }),
    ).rejects.toMatchObject({ code: "23514" });
    await expect(
      desk().operator.row("set_mailbox_limits", { ...limits, p_hourly: 1001 }),
    ).rejects.toMatchObject({ code: "22023" });
    await expect(desk().operator.row("set_mailbox_limits", { ...limits, p_daily: 0 })).rejects.toMatchObject({
      code: "22023",
    });
  });
});

describe("Mail sent by hand", () => {
  it("takes places in the limits of its mailbox and of the desk, one for each recipient", async () => {
    const mailboxes = [await addMailbox(desk(), { daily: 10 }), await addMailbox(desk())];
    await runCampaign(desk(), { count: 40, mailboxes, window: OPEN });
    await desk().operator.call("update_desk_settings", { p_changes: { hourly_limit: 20 } });
    await noteHandSent(mailboxes[0], { toEmails: ["a@x.test", "b@x.test", "c@x.test"] });
    await noteHandSent(mailboxes[0], { toEmails: [] });
    const { reserved } = await dispatch(mailboxes, minutesAfter(NOON, 1));
    expect(reserved).toHaveLength(16);
    expect(reserved.filter((send) => send.mailbox === mailboxes[0]).length).toBeLessThanOrEqual(6);
    const later = await dispatch(mailboxes, minutesAfter(NOON, 62));
    expect(
      later.reserved.filter((send) => send.mailbox === mailboxes[0]).length +
        reserved.filter((send) => send.mailbox === mailboxes[0]).length,
    ).toBe(6);
  });

  it("is noted once, and the product's own mail never", async () => {
    const plan = await runCampaign(desk(), { count: 2 });
    const [mailbox] = plan.mailboxes;
    const mail = { entryId: "E1", messageId: "<hand@desk.test>" };
    expect(await noteHandSent(mailbox, mail)).toBe(true);
    expect(await noteHandSent(mailbox, mail)).toBe(false);
    expect(await noteHandSent(mailbox, { ...mail, entryId: "moved" })).toBe(false);
    const { send } = await reserve(desk().service, mailbox, NOON);
    expect(await noteHandSent(mailbox, { key: send?.key })).toBe(false);
    // Where neither key nor message id comes back: the mail to that address with that subject that is on its way.
    expect(await noteHandSent(mailbox, { toEmails: [send?.to.toUpperCase()], subject: "Mail 1" })).toBe(
      false,
    );
    expect(await noteHandSent(mailbox, { toEmails: [send?.to], subject: "Lunch?" })).toBe(true);
    await expect(noteHandSent(mailbox, { entryId: " " })).rejects.toMatchObject({ code: "22023" });
  });

  it("turns out to be the product's own when the hand-over is confirmed, and no longer counts twice", async () => {
    const plan = await runCampaign(desk());
    const { send } = await reserve(desk().service, plan.mailboxes[0], NOON);
    await noteHandSent(plan.mailboxes[0], { entryId: "E9", messageId: "<late@desk.test>" });
    await desk().service.call("record_send", {
      p_id: send?.id,
      p_to: "sent",
      p_evidence: { messageId: "<late@desk.test>", entryId: "E8" },
    });
    expect(await desk().db.query("select 1 from hand_sent_mails")).toEqual([]);
  });
});

describe("All limits at once", () => {
  it("hold in every rolling window under 12 sessions that send while people write by hand", async () => {
    const mailboxes = [
      await addMailbox(desk(), { daily: 22 }),
      await addMailbox(desk()),
      await addMailbox(desk(), { hourly: 6 }),
    ];
    const [small, ramped, slow] = mailboxes as [string, string, string];
    await warmUp(ramped, "2031-05-07", 8, 7);
    const narrow = await runCampaign(desk(), {
      count: 90,
      mailboxes,
      settings: { dailyLimit: 9 },
      window: OPEN,
    });
    await runCampaign(desk(), { count: 150, mailboxes, window: OPEN });
    await desk().operator.call("update_desk_settings", { p_changes: { hourly_limit: 24, daily_limit: 50 } });
    let state = 7;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    for (const minute of [0, 13, 59, 61, 118, 700, 1439, 1441, 1500, 2000, 2890]) {
      const now = minutesAfter(NOON, minute);
      await Promise.all(
        mailboxes
          .filter(() => random() < 0.5)
          .map((mailbox) => noteHandSent(mailbox, { sentAt: now, toEmails: ["a@x.test", "b@x.test"] })),
      );
      await Promise.all(
        Array.from({ length: 12 }, async (_, worker) => {
          const mailbox = mailboxes[worker % 3];
          for (;;) {
            const { send } = await reserve(desk().service, mailbox, now);
            if (!send) return;
            const fate = random() < 0.2 ? "uncertain" : "sent";
            await desk().service.call("record_send", { p_id: send.id, p_to: fate });
          }
        }),
      );
    }
    /** The most places any window of this length saw when a mail took one. Mail by hand takes places too, and asks nobody. */
    const most = async (span: string, where: string) => {
      const [row] = await desk().db.query<{ most: number }>(
        `with ledger as (
           select handed_at as at, mailbox_id, campaign_id, true as ours from sends where handed_at is not null
           union all select h.sent_at, h.mailbox_id, null, false from hand_sent_mails h, generate_series(1, h.recipients))
         select coalesce(max(n), 0)::int as most from (
           select count(*) over w as n, ours from ledger where ${where}
           window w as (order by at range between '${span}'::interval - interval '1 microsecond' preceding and current row)) x where ours`,
      );
      return row?.most ?? 0;
    };
    expect(await most("1 hour", "true")).toBeLessThanOrEqual(24);
    expect(await most("24 hours", "true")).toBeLessThanOrEqual(50);
    expect(await most("24 hours", `mailbox_id = '${small}'`)).toBeLessThanOrEqual(22);
    expect(await most("1 hour", `mailbox_id = '${slow}'`)).toBeLessThanOrEqual(6);
    expect(await most("24 hours", `campaign_id = '${narrow.campaignId}'`)).toBe(9);
    // Three days: 8, 15 and 22 in a window that ends on that day.
    expect(
      await most("24 hours", `mailbox_id = '${ramped}' and at < '2031-05-08T07:00Z'`),
    ).toBeLessThanOrEqual(8);
    expect(
      await most("24 hours", `mailbox_id = '${ramped}' and at < '2031-05-09T07:00Z'`),
    ).toBeLessThanOrEqual(15);
    expect(await desk().db.query("select 1 from hand_sent_mails limit 1")).toHaveLength(1);
  });
});
