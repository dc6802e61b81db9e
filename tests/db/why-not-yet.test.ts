import { describe, expect, it } from "vitest";
import { sayWhy, type Why } from "@/lib/sending/say-why";
import { minutesAfter, NOON, type PlanOptions, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, sendNext } from "./support/make-mail";
import { addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const clock = (iso: string) => iso.slice(0, 16).replace("T", " ");

/** The sentence for a campaign's mail of this step, as of an instant. */
async function why(step = 1, now = NOON, order = "due_at, id"): Promise<string | undefined> {
  const [send] = await desk().db.query<{ id: string }>(
    `select id from sends where step = $1 order by ${order} limit 1`,
    [step],
  );
  const [row] = await desk().operator.rows<{
    cause: Why["cause"];
    detail: string | null;
    who: string | null;
    until: Date | null;
  }>("select * from why_not_yet(array[$1::uuid], $2)", [send?.id ?? null, now]);
  return row && sayWhy({ ...row, until: row.until?.toISOString() ?? null }, clock);
}
const sql = (text: string) => desk().db.query(text);

describe("A mail that has not gone says why in one sentence", () => {
  const cases: [sentence: string, options: PlanOptions, change: () => Promise<unknown>, step?: number][] = [
    ["scheduled for 2031-05-07 20:00", { dueAt: minutesAfter(NOON, 60) }, async () => {}],
    ["due now, waiting its turn", {}, async () => {}],
    [
      "sending was stopped by Dana Whitfield at 2031-05-07 18:00: a complaint",
      {},
      async () => {
        await desk().operator.call("set_kill_switch", { p_pulled: true, p_reason: "a complaint" });
        await sql("update kill_switch set changed_at = '2031-05-07T18:00:00Z'");
      },
    ],
    [
      "will be skipped at its turn: contact is do-not-contact",
      {},
      () => sql("update contacts set do_not_contact_at = now()"),
    ],
    [
      "the campaign is paused: a typo",
      {},
      () => desk().operator.rows("select set_campaign_status(id, 'paused', 'a typo') from campaigns"),
    ],
    [
      "the mailbox is paused: moving house",
      {},
      () => desk().operator.rows("select set_mailbox_status(id, 'paused', 'moving house') from mailboxes"),
    ],
    [
      "the mailbox paused itself: 9 of 9 bounced",
      {},
      () => sql("select pause_mailbox_itself(id, '9 of 9 bounced') from mailboxes"),
    ],
    [
      "the campaign paused itself: 9 of 9 bounced",
      {},
      () => sql("select pause_campaign_itself(id, '9 of 9 bounced') from campaigns"),
    ],
    [
      "a reply arrived and is being read",
      {},
      async () => {
        const [row] = await desk().db.query<{ mailbox_id: string; id: string; email: string }>(
          "select s.mailbox_id, c.id, c.email from sends s join contacts c on c.id = s.contact_id",
        );
        await receive(
          desk(),
          row?.mailbox_id,
          mailFrom({ id: row?.id ?? "", email: row?.email ?? "" } satisfies Contact),
        );
      },
    ],
    [
      "out of office, until 2031-05-20 13:00",
      {},
      () =>
        sql(
          "update enrollments set status = 'paused', reason = 'out of office', resume_at = '2031-05-20T13:00:00Z'",
        ),
    ],
    [
      "waits for the mail before it, which is scheduled for 2031-05-07 19:00",
      { steps: 2 },
      async () => {},
      2,
    ],
    [
      "waits for the mail before it, which may or may not have left",
      { steps: 2 },
      async () => {
        const { send } = await reserve(
          desk().service,
          (await sql("select id from mailboxes"))[0]?.id as string,
          NOON,
        );
        await desk().service.call("record_send", { p_id: send?.id, p_to: "uncertain" });
      },
      2,
    ],
    [
      "will be skipped at its turn: the mail before it did not leave",
      { steps: 2 },
      async () => {
        const { send } = await reserve(
          desk().service,
          (await sql("select id from mailboxes"))[0]?.id as string,
          NOON,
        );
        await desk().service.call("record_send", { p_id: send?.id, p_to: "failed", p_reason: "refused" });
      },
      2,
    ],
    [
      "keeps its distance from the mail before it until 2031-05-12 16:00",
      { steps: 2, gaps: [0, 3, 0], dueAt: minutesAfter(NOON, -14 * 1440) },
      async () => sendNext(desk(), (await sql("select id from mailboxes"))[0]?.id as string, NOON),
      2,
    ],
    ["outside the send window until 2031-05-08 00:00", { zone: "Asia/Tokyo" }, async () => {}],
    [
      "outside the send window until 2031-05-08 13:00",
      {},
      () => sql("update sends set due_at = '2031-05-08T13:00:00Z', reason = 'outside the send window'"),
    ],
    [
      "The relay at http://pc cannot be reached; next try 2031-05-07 19:01",
      {},
      () =>
        sql(
          "update sends set due_at = '2031-05-07T19:01:00Z', reason = 'The relay at http://pc cannot be reached.'",
        ),
    ],
    [
      "is being handed over now",
      {},
      async () => reserve(desk().service, (await sql("select id from mailboxes"))[0]?.id as string, NOON),
    ],
    [
      "may have left: a time-out",
      {},
      () =>
        sql("update sends set status = 'sending'").then(() =>
          sql("update sends set status = 'uncertain', reason = 'a time-out'"),
        ),
    ],
    [
      "campaign stopped",
      {},
      () => desk().operator.rows("select set_campaign_status(id, 'stopped') from campaigns"),
    ],
  ];

  it.each(cases)("%s", async (sentence, options, change, step = 1) => {
    await runCampaign(desk(), options);
    await change();
    expect(await why(step)).toBe(sentence);
  });

  it.each([
    [
      "daily limit reached, next slot 2031-05-08 19:00",
      () => sql("update desk_settings set daily_limit = 1"),
    ],
    [
      "hourly limit reached, next slot 2031-05-07 20:00",
      () => sql("update desk_settings set hourly_limit = 1"),
    ],
    [
      "daily limit of this mailbox reached, next slot 2031-05-08 19:00",
      () => sql("update mailboxes set daily_limit = 1"),
    ],
    [
      "hourly limit of this mailbox reached, next slot 2031-05-07 20:00",
      () => sql("update mailboxes set hourly_limit = 1"),
    ],
    [
      "warm-up limit of this mailbox reached, next slot 2031-05-08 07:00",
      () =>
        sql(
          "update mailboxes set ramp_started_on = '2031-05-07', ramp_start_per_day = 1, ramp_step_per_day = 1",
        ),
    ],
    [
      "daily limit of the campaign reached, next slot 2031-05-08 19:00",
      () => sql(`update campaigns set settings = '{"dailyLimit": 1}'`),
    ],
  ])("%s", async (sentence, lower) => {
    const mailbox = await addMailbox(desk());
    await runCampaign(desk(), { count: 2, mailboxes: [mailbox] });
    await reserve(desk().service, mailbox, NOON);
    await lower();
    expect(await why(1, NOON, "status = 'scheduled' desc, id")).toBe(sentence);
  });

  it("the relay has not been heard of, and the batch rests", async () => {
    const settings = { spacingMinS: 30, spacingMaxS: 90, batchSize: 1, batchPauseS: 600 };
    const { mailboxes } = await runCampaign(desk(), { count: 2, settings });
    await sql("update mailboxes set address = 'desk@desk.test'");
    await reserve(desk().service, mailboxes[0], NOON);
    expect(await why(1, minutesAfter(NOON, 1), "status = 'scheduled' desc, id")).toBe(
      "desk@desk.test rests after a batch until 2031-05-07 19:10",
    );
    await sql("update mailboxes set last_seen_at = '2031-05-07T18:30:00Z'");
    expect(await why(1, minutesAfter(NOON, 1), "status = 'scheduled' desc, id")).toBe(
      "the relay of desk@desk.test has not been heard of since 2031-05-07 18:30; the mail waits for it",
    );
  });

  it("nothing, once it has gone; and the dry run before all else while it has not", async () => {
    const { mailboxes } = await runCampaign(desk());
    const planned: Why = { cause: "planned", detail: null, who: null, until: NOON };
    expect(sayWhy(planned, clock, true)).toBe("this is a dry run: no mail leaves");
    expect(sayWhy({ ...planned, cause: "ended", detail: "address bounced" }, clock, true)).toBe(
      "address bounced",
    );
    await sendNext(desk(), mailboxes[0], NOON);
    expect(await why()).toBeUndefined();
  });
});
