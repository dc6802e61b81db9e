import { beforeEach, describe, expect, it } from "vitest";
import { runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, route } from "./support/make-mail";
import { addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();
const OPEN = { start: "00:00", end: "24:00", days: "{1,2,3,4,5,6,7}" };
let mailbox: string;
let campaignId: string;

// Pauses count in real time: a resume is made now.
beforeEach(async () => {
  mailbox = await addMailbox(desk());
  await desk().operator.call("update_desk_settings", { p_changes: { bounce_pause_count: 4 } });
  const dueAt = new Date(Date.now() - 3_600_000).toISOString();
  campaignId = (await runCampaign(desk(), { count: 40, mailboxes: [mailbox], dueAt, window: OPEN }))
    .campaignId;
});

/** Hands the next mails over with this end, and answers them. */
async function sendSome(count: number, to: string, evidence: Record<string, unknown> = {}) {
  const sent = [];
  for (let index = 0; index < count; index++) {
    const { send } = await reserve(desk().service, mailbox, new Date().toISOString());
    if (!send) break;
    await desk().service.call("record_send", {
      p_id: send.id,
      p_to: to,
      p_reason: `${to} in a test`,
      p_evidence: { messageId: `<${send.id}@desk.test>`, ...evidence },
    });
    sent.push(send);
  }
  return sent;
}
async function bounce(send: { id: string; to: string }, verdict = "hard") {
  const id = await receive(
    desk(),
    mailbox,
    mailFrom("postmaster@owners.test", {
      references: [`<${send.id}@desk.test>`],
      failedRecipients: [send.to],
      holds: false,
    }),
  );
  await route(desk().service, id, "bounce", { bounce: { verdict, failedRecipients: [send.to] } });
  return id;
}
const standing = async () => {
  const [row] = await desk().db.query<Record<string, unknown>>(
    "select m.status as mailbox, m.auto_paused, m.status_reason as why, c.status as campaign, c.status_reason as campaign_why from mailboxes m, campaigns c where m.id = $1 and c.id = $2",
    [mailbox, campaignId],
  );
  return row;
};
const resume = async () => {
  await desk().operator.call("set_mailbox_status", { p_id: mailbox, p_to: "active" });
  await desk().operator.call("set_campaign_status", { p_id: campaignId, p_to: "active" });
};

describe("A mailbox and a campaign pause by themselves", () => {
  it("when a tenth of a day's mail bounced, at the fourth bounce and not before, with the figures and an audit row", async () => {
    const sent = await sendSome(30, "sent");
    for (const send of sent.slice(0, 3)) await bounce(send);
    expect(await standing()).toMatchObject({ mailbox: "active", campaign: "active" });
    await bounce(sent[3] as { id: string; to: string });
    const why = "4 of 30 mails of the last 24 hours bounced (13%)";
    expect(await standing()).toEqual({
      mailbox: "paused",
      auto_paused: true,
      why,
      campaign: "paused",
      campaign_why: why,
    });
    expect(
      await desk().db.query("select action, why from audit_log where action like '%auto_paused' order by 1"),
    ).toEqual([
      { action: "campaign.auto_paused", why },
      { action: "mailbox.auto_paused", why },
    ]);
  });

  it("not for mailboxes that are full, and not for bounces a person says were none", async () => {
    const sent = await sendSome(8, "sent");
    for (const send of sent.slice(0, 5)) await bounce(send, "soft");
    expect(await desk().db.query("select 1 from sends where bounced_at is not null")).toEqual([]);
    const id = await bounce(sent[7] as { id: string; to: string });
    expect(await desk().db.query("select 1 from sends where bounced_at is not null")).toHaveLength(1);
    await desk().operator.call("correct_category", { p_id: id, p_category: "other" });
    expect(await desk().db.query("select 1 from sends where bounced_at is not null")).toEqual([]);
    expect(await standing()).toMatchObject({ mailbox: "active", campaign: "active" });
  });

  it("not when many bounced and many more did not", async () => {
    await desk().operator.call("update_desk_settings", { p_changes: { bounce_pause_percent: 50 } });
    const sent = await sendSome(14, "sent");
    for (const send of sent.slice(0, 5)) await bounce(send);
    expect(await standing()).toMatchObject({ mailbox: "active" });
  });

  it("when mails fail or vanish, at once as it is recorded", async () => {
    await sendSome(6, "sent");
    await sendSome(2, "failed");
    const { length } = await sendSome(20, "uncertain");
    expect(length).toBe(3);
    expect(await standing()).toMatchObject({
      mailbox: "paused",
      why: "5 of the last 11 mails failed or are unaccounted for (45%)",
      campaign: "paused",
    });
  });

  it("not for mails that turn out to have left", async () => {
    const lost = await sendSome(4, "uncertain");
    for (const send of lost) await desk().service.call("record_send", { p_id: send.id, p_to: "sent" });
    await sendSome(4, "uncertain");
    expect(await standing()).toMatchObject({ mailbox: "active" });
  });

  it("at once when the account is refused its sign-in, and the mail waits", async () => {
    const [send] = await sendSome(1, "scheduled", { errorKind: "auth" });
    expect(await standing()).toMatchObject({
      mailbox: "paused",
      auto_paused: true,
      why: "scheduled in a test",
      campaign: "active",
    });
    expect(
      await desk().db.query("select status, handed_at from sends where id = $1", [send?.id ?? null]),
    ).toEqual([{ status: "scheduled", handed_at: null }]);
  });

  it("again only for what happened after somebody resumed them", async () => {
    await sendSome(5, "failed");
    expect(await standing()).toMatchObject({ mailbox: "paused", campaign: "paused" });
    await resume();
    expect(await standing()).toMatchObject({ mailbox: "active", auto_paused: false, campaign: "active" });
    await desk().service.call("judge_all_sending");
    await sendSome(4, "failed");
    expect(await standing()).toMatchObject({ mailbox: "active", campaign: "active" });
    await sendSome(1, "failed");
    expect(await standing()).toMatchObject({ mailbox: "paused", campaign: "paused" });
  });

  it("in the sweep, when a rule was made stricter meanwhile", async () => {
    await sendSome(3, "failed");
    await desk().operator.call("update_desk_settings", { p_changes: { error_pause_count: 3 } });
    expect(await desk().service.call("judge_all_sending")).toBe(2);
    expect(await standing()).toMatchObject({ mailbox: "paused", campaign: "paused" });
  });

  it("once, when 12 failures are recorded at the same moment", async () => {
    const sends: (string | undefined)[] = [];
    for (let index = 0; index < 12; index++)
      sends.push((await reserve(desk().service, mailbox, new Date().toISOString())).send?.id);
    await together(desk().service, 12, (session, index) =>
      session.call("record_send", { p_id: sends[index], p_to: "failed", p_reason: "refused" }),
    );
    expect(
      await desk().db.query("select 1 from audit_log where action = 'mailbox.auto_paused'"),
    ).toHaveLength(1);
    expect(await desk().db.query("select 1 from sends where status = 'failed'")).toHaveLength(12);
  });
});

describe("The link in a mail", () => {
  const press = (id: string | undefined) =>
    desk().service.call<boolean>("opt_out_by_link", { p_send_id: id });

  it("opts its recipient out for ever, in one transaction and once, however often it is pressed", async () => {
    const { campaignId: second } = await runCampaign(desk(), { count: 1, steps: 3, window: OPEN });
    const [first] = await desk().db.query<{ id: string; contact_id: string; to_email: string }>(
      "select id, contact_id, to_email from sends where campaign_id = $1 and step = 1",
      [second],
    );
    const answers = await together(desk().service, 12, (session) =>
      session.call<boolean>("opt_out_by_link", { p_send_id: first?.id }),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(
      await desk().db.query(
        "select do_not_contact_reason as why from contacts where do_not_contact_at is not null",
      ),
    ).toEqual([{ why: "opted out by the link in a mail" }]);
    expect(await desk().db.query("select value, source from email_exclusions")).toEqual([
      { value: first?.to_email, source: "opt_out" },
    ]);
    expect(
      await desk().db.query("select distinct status, reason from sends where campaign_id = $1", [second]),
    ).toEqual([{ status: "cancelled", reason: "contact opted out" }]);
    expect(await desk().db.query("select actor from audit_log where action = 'contact.opted_out'")).toEqual([
      { actor: "the recipient" },
    ]);
  });

  it("says nothing about a mail that is not there, and changes nothing", async () => {
    expect(await press("00000000-0000-4000-8000-000000000000")).toBe(false);
    expect(await desk().db.query("select 1 from email_exclusions")).toEqual([]);
  });
});
