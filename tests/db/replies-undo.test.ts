import { describe, expect, it } from "vitest";
import { addOperator } from "./support/desk";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, route, sendNext } from "./support/make-mail";
import { addCompany, addContacts, addSearch } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();

const one = async <T = Record<string, unknown>>(text: string, params: readonly string[] = []) =>
  (await desk().db.query<T>(text, [...params]))[0];
const many = <T = Record<string, unknown>>(text: string) => desk().db.query<T>(text);

/** A contact at a company, mailed once, two mails to go, who has answered. */
async function answered(extra: Record<string, unknown> = {}) {
  const company = await addCompany(desk());
  const contacts = await addContacts(desk(), 1, { companyId: company });
  const plan = await runCampaign(desk(), { contacts, steps: 3 });
  await sendNext(desk(), plan.mailboxes[0], NOON);
  const contact = contacts[0];
  if (!contact) throw new Error("no contact");
  const mail = await receive(desk(), plan.mailboxes[0], mailFrom(contact, extra));
  return { ...plan, company, contact, mail, mailbox: plan.mailboxes[0] ?? "" };
}
const state = (contactId: string) =>
  one(
    `select n.status, (select count(*)::int from sends s where s.contact_id = n.contact_id and s.status = 'scheduled') as scheduled,
       c.bounced_at is not null as bounced from enrollments n join contacts c on c.id = n.contact_id where n.contact_id = $1`,
    [contactId],
  );
const undo = (mail: string, reason = "read it wrongly") =>
  desk().operator.call<{ did: string[] }>("undo_routing", { p_email_id: mail, p_reason: reason });
const undoOf = (mail: string) =>
  desk().operator.call<{ whyNot: string | null } | null>("undo_of", { p_email_id: mail });
const emailOf = (mail: string) =>
  one("select status, category, reason from synced_emails where id = $1", [mail]);
const age = (mail: string) =>
  desk().db.exec(
    `set session_replication_role = replica; update audit_log set at = at - interval '25 hours' where entity_id = '${mail}';
     set session_replication_role = origin;`,
  );
const bounce = (verdict: string, address: string) => ({ bounce: { verdict, failedRecipients: [address] } });

describe("Undo", () => {
  it.each([
    ["soft_pass", "nurture task removed"],
    ["wrong_contact", "research task removed"],
    ["interested", undefined],
  ])("of %s brings the sequence, its mails and the queue back as they were", async (category, did) => {
    const { contact, mail, mailbox } = await answered();
    await route(desk().service, mail, category);
    expect(await state(contact.id)).toMatchObject({ status: "stopped", scheduled: 0 });
    const answer = await undo(mail);
    if (did) expect(answer.did).toContain(did);
    expect(await state(contact.id)).toMatchObject({ status: "paused", scheduled: 2 });
    expect(await many("select 1 from tasks")).toHaveLength(0);
    expect(await emailOf(mail)).toEqual({
      status: "needs_person",
      category: null,
      reason: `Undone by ${desk().operatorName}: read it wrongly.`,
    });
    await desk().operator.call("finish_email", { p_id: mail, p_sequence: "resume" });
    expect((await reserve(desk().service, mailbox, minutesAfter(NOON, 30 * 1440))).outcome).toBe("reserved");
  });

  it("of a bounce lifts the exclusion it made, and not one that was there before", async () => {
    const { contact, mail } = await answered();
    await route(desk().service, mail, "bounce", bounce("hard", contact.email));
    expect(await state(contact.id)).toMatchObject({ status: "stopped", bounced: true });
    await undo(mail);
    expect(await state(contact.id)).toMatchObject({ status: "paused", bounced: false, scheduled: 2 });
    expect(await many("select 1 from email_exclusions")).toHaveLength(0);

    const other = await answered();
    await desk().operator.row("exclude_address", {
      p_kind: "address",
      p_value: other.contact.email,
      p_reason: "by hand",
    });
    await route(desk().service, other.mail, "bounce", bounce("hard", other.contact.email));
    await undo(other.mail);
    expect(await many("select source from email_exclusions")).toEqual([{ source: "manual" }]);
    expect(await state(other.contact.id)).toMatchObject({ status: "stopped" });
  });

  it("reopens the campaign and the search that ended with the sequence", async () => {
    const { contact, mail, campaignId, searchId } = await answered();
    await route(desk().service, mail, "soft_pass");
    await desk().service.call("close_finished_campaigns");
    expect(await one("select status from campaigns where id = $1", [campaignId])).toEqual({
      status: "completed",
    });
    await undo(mail);
    expect(await one("select status from campaigns where id = $1", [campaignId])).toEqual({
      status: "active",
    });
    expect(await one("select status from searches where id = $1", [searchId])).not.toEqual({
      status: "completed",
    });
    expect(await state(contact.id)).toMatchObject({ scheduled: 2 });
  });

  it.each(["opt_out", "complaint", "hard_pass"])("of %s is refused: it is for ever", async (category) => {
    const { mail, contact } = await answered();
    await route(desk().service, mail, category);
    expect((await undoOf(mail))?.whyNot).toContain("an admin can lift");
    await expect(undo(mail)).rejects.toMatchObject({ code: "22023" });
    expect(await state(contact.id)).toMatchObject({ status: "stopped" });
  });

  it("is refused after a day, twice, and when nothing was done", async () => {
    const { mail } = await answered();
    expect(await undoOf(mail)).toBeNull();
    await expect(undo(mail)).rejects.toMatchObject({ code: "22023" });
    await route(desk().service, mail, "soft_pass");
    await undo(mail);
    await expect(undo(mail)).rejects.toMatchObject({ code: "22023" });
    const second = await answered();
    await route(desk().service, second.mail, "soft_pass");
    await age(second.mail);
    expect((await undoOf(second.mail))?.whyNot).toContain("more than a day ago");
    await expect(undo(second.mail)).rejects.toMatchObject({ code: "22023" });
  });

  it("promises a sequence back only where one ran, and what a person filed can be taken back even so", async () => {
    const { contact, mail, mailbox } = await answered();
    await route(desk().service, mail, "interested");
    await desk().operator.call("finish_email", { p_id: mail });
    const second = await receive(desk(), mailbox, mailFrom(contact));
    expect((await route(desk().service, second, "interested")).did).toEqual([]);
    expect((await undoOf(second))?.whyNot).toContain("Nothing was done");
    for (const category of ["question", "out_of_office"]) {
      const filed = await desk().operator.call<{ did: string[] }>("correct_category", {
        p_id: second,
        p_category: category,
      });
      expect(filed.did).toEqual([]);
      expect((await undoOf(second))?.whyNot).toBeNull();
      expect((await undo(second)).did).toEqual([]);
      expect(await emailOf(second)).toMatchObject({ status: "needs_person" });
    }
    expect(await state(contact.id)).toMatchObject({ status: "stopped" });
  });

  it("happens once when eight people press it at the same time", async () => {
    const { mail, contact } = await answered();
    await route(desk().service, mail, "soft_pass");
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, () => desk().operator.call("undo_routing", { p_email_id: mail })),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await many("select 1 from audit_log where action = 'reply.undone'")).toHaveLength(1);
    expect(await state(contact.id)).toMatchObject({ status: "paused", scheduled: 2 });
  });

  it("never starts anybody again who is do-not-contact or in another campaign by now", async () => {
    const { mail, contact, mailbox } = await answered();
    await route(desk().service, mail, "soft_pass");
    const later = await receive(desk(), mailbox, mailFrom(contact));
    await route(desk().service, later, "opt_out");
    await undo(mail);
    expect(await state(contact.id)).toMatchObject({ status: "stopped", scheduled: 0 });
  });

  it("of a correction takes the words back out of every later prompt", async () => {
    const { mail, contact } = await answered();
    await route(desk().service, mail, "interested");
    await desk().operator.call("correct_category", {
      p_id: mail,
      p_category: "soft_pass",
      p_words: "says spring",
    });
    expect(await many("select kind from tasks where status = 'open'")).toEqual([{ kind: "nurture" }]);
    await undo(mail);
    expect(await many("select status from agent_feedback")).toEqual([{ status: "retired" }]);
    expect(await emailOf(mail)).toMatchObject({ status: "needs_person", category: "interested" });
    expect(await state(contact.id)).toMatchObject({ status: "stopped" });
    await undo(mail);
    expect(await state(contact.id)).toMatchObject({ status: "paused", scheduled: 2 });
  });

  it("of putting a mail away brings it back, with its sequence", async () => {
    const { mail, contact } = await answered();
    await route(desk().service, mail, "other", {}, 0.4);
    await desk().operator.call("finish_email", { p_id: mail });
    expect(await state(contact.id)).toMatchObject({ status: "stopped", scheduled: 0 });
    await undo(mail);
    expect(await emailOf(mail)).toMatchObject({ status: "needs_person", category: "other" });
    expect(await state(contact.id)).toMatchObject({ status: "paused", scheduled: 2 });
  });

  it("is the only way back for a stopped sequence", async () => {
    const { mail } = await answered();
    await route(desk().service, mail, "soft_pass");
    await expect(desk().service.rows("update enrollments set status = 'paused'")).rejects.toMatchObject({
      code: "23514",
    });
  });
});

describe("Soft bounces", () => {
  const full = async (scene: Awaited<ReturnType<typeof answered>>, day: number, details = {}) => {
    const mail = await receive(
      desk(),
      scene.mailbox,
      mailFrom("mailer-daemon@relay.test", {
        failedRecipients: [scene.contact.email],
        receivedAt: minutesAfter(NOON, day * 1440),
      }),
    );
    const { bounce: soft } = bounce("soft", scene.contact.email);
    return {
      mail,
      ...(await route(desk().service, mail, "bounce", { bounce: { ...soft, ...details } })),
    };
  };
  const scene = async () => {
    const made = await answered();
    await desk().operator.call("undo_of", { p_email_id: made.mail });
    await route(desk().service, made.mail, "receipt");
    return made;
  };

  it("end the sequence at the third within 30 days, and exclude nobody", async () => {
    const made = await scene();
    await full(made, 1);
    await full(made, 10);
    expect(await state(made.contact.id)).toMatchObject({ status: "active", scheduled: 2 });
    const third = await full(made, 30);
    expect(third.did).toEqual([`sequence stopped: three soft bounces of ${made.contact.email} in 30 days`]);
    expect(await state(made.contact.id)).toMatchObject({ status: "stopped", scheduled: 0, bounced: false });
    expect(await many("select 1 from email_exclusions")).toHaveLength(0);
    await undo(third.mail);
    expect(await state(made.contact.id)).toMatchObject({ status: "paused", scheduled: 2 });
    expect(await many("select 1 from soft_bounces")).toHaveLength(2);
  });

  it("further apart do not add up, and neither do three notices that one mail is late", async () => {
    const made = await scene();
    for (const day of [1, 20, 45]) await full(made, day);
    for (const day of [46, 47, 48]) await full(made, day, { delayed: true });
    expect(await state(made.contact.id)).toMatchObject({ status: "active" });
  });

  it("count only for an address we mailed", async () => {
    const made = await scene();
    const mail = await receive(desk(), made.mailbox, mailFrom("mailer-daemon@relay.test"));
    await route(desk().service, mail, "bounce", bounce("soft", "stranger@nowhere.test"));
    expect(await many("select 1 from soft_bounces")).toHaveLength(0);
  });
});

describe("Never again", () => {
  const dnc = async (made: { company: string; contact: { id: string } }) => ({
    contact: (
      await one("select do_not_contact_at is not null as x from contacts where id = $1", [made.contact.id])
    )?.x,
    company: (
      await one("select do_not_contact_at is not null as x from companies where id = $1", [made.company])
    )?.x,
  });

  it.each([
    ["hard_pass", "person", false],
    ["hard_pass", undefined, true],
    ["opt_out", "company", true],
    ["opt_out", undefined, false],
    ["complaint", "company", true],
  ])("by %s, said for %s, holds for the company: %s", async (category, speaksFor, company) => {
    const made = await answered({ facts: { speaksFor: speaksFor ?? null } });
    await route(desk().service, made.mail, category);
    expect(await dnc(made)).toEqual({ contact: true, company });
  });

  it("is lifted by an admin with a reason, by nobody else, and starts nothing again", async () => {
    const made = await answered();
    await route(desk().service, made.mail, "hard_pass");
    const lift = { p_kind: "contact", p_id: made.contact.id, p_reason: "they called and asked" };
    await expect(desk().operator.call("lift_do_not_contact", lift)).rejects.toMatchObject({ code: "42501" });
    const admin = await addOperator(desk().db, "Ada Admin");
    await desk().db.query("update operators set role = 'admin' where display_name = 'Ada Admin'");
    await expect(admin.call("lift_do_not_contact", { ...lift, p_reason: " " })).rejects.toMatchObject({
      code: "22023",
    });
    expect(await admin.call("lift_do_not_contact", lift)).toBe(true);
    expect(await admin.call("lift_do_not_contact", lift)).toBe(false);
    expect(await dnc(made)).toEqual({ contact: false, company: true });
    expect(await state(made.contact.id)).toMatchObject({ status: "stopped" });
    expect(await one("select actor, why from audit_log where action = 'contact.may_be_contacted'")).toEqual({
      actor: "Ada Admin",
      why: "they called and asked",
    });
  });
});

describe("What a reply proposes", () => {
  const people = [
    {
      name: "Ann Lee",
      email: "Ann@Owners.Test",
      phone: "909 555 0112",
      firm: "",
      role: "partner",
      words: "ask Ann Lee",
    },
  ];

  it("of a referral is a contact for a person to accept, once, at the same company", async () => {
    const made = await answered();
    expect((await route(desk().service, made.mail, "referral", { people })).did).toContain(
      "new contact proposed",
    );
    expect(await many("select 1 from contacts where full_name = 'Ann Lee'")).toHaveLength(0);
    const proposal = await one<{ id: string }>("select id from reply_proposals");
    const answers = await together(desk().operator, 6, (session) =>
      session.call<{ outcome: string; contactId: string }>("accept_contact", { p_id: proposal?.id }),
    );
    expect(answers.filter((answer) => answer.outcome === "accepted")).toHaveLength(1);
    expect(
      await many(
        "select full_name, first_name, email, phones, company_id, title, source from contacts where full_name = 'Ann Lee'",
      ),
    ).toEqual([
      {
        full_name: "Ann Lee",
        first_name: "Ann",
        email: "ann@owners.test",
        phones: ["909 555 0112"],
        company_id: made.company,
        title: "partner",
        source: "referral",
      },
    ]);
  });

  it("of somebody we know is that contact, and not a second one", async () => {
    const made = await answered();
    const [known] = await addContacts(desk(), 1);
    await route(desk().service, made.mail, "referral", { people: [{ ...people[0], email: known?.email }] });
    const proposal = await one<{ id: string }>("select id from reply_proposals");
    expect(await desk().operator.call("accept_contact", { p_id: proposal?.id })).toMatchObject({
      contactId: known?.id,
      known: true,
    });
  });

  it("is dismissed with a reason, and withdrawn when its routing is undone", async () => {
    const made = await answered();
    await route(desk().service, made.mail, "referral", { people });
    const id = (await one<{ id: string }>("select id from reply_proposals"))?.id ?? "";
    await expect(desk().operator.call("dismiss_proposal", { p_id: id, p_reason: "" })).rejects.toMatchObject({
      code: "22023",
    });
    await undo(made.mail);
    expect(await many("select status from reply_proposals")).toEqual([{ status: "withdrawn" }]);
    expect(await desk().operator.call("dismiss_proposal", { p_id: id, p_reason: "no" })).toBe(false);
    await desk().operator.call("correct_category", { p_id: made.mail, p_category: "referral" });
    const again = await answered({ facts: { people } });
    await desk().operator.call("correct_category", { p_id: again.mail, p_category: "referral" });
    expect(await many("select status from reply_proposals where status = 'pending'")).toHaveLength(1);
  });

  it("of a broker is the broker, kept with who named them", async () => {
    const made = await answered();
    await route(desk().service, made.mail, "broker_redirect", { people: [{ ...people[0], firm: "CBRE" }] });
    expect(await many("select name, firm, email, named_by, company_id from brokers")).toEqual([
      {
        name: "Ann Lee",
        firm: "CBRE",
        email: "ann@owners.test",
        named_by: made.contact.id,
        company_id: made.company,
      },
    ]);
    expect(await many("select 1 from reply_proposals")).toHaveLength(0);
  });

  it("of a buyer is a search, opened or dismissed once", async () => {
    const made = await answered();
    await route(desk().service, made.mail, "buyer_inquiry", { searchDraft: { buyerName: "Cedar" } });
    const id = (await one<{ id: string }>("select id from reply_proposals where kind = 'search'"))?.id ?? "";
    const search = await addSearch(desk());
    expect(await desk().operator.call("accept_search", { p_id: id, p_search_id: search })).toBe(true);
    expect(await desk().operator.call("accept_search", { p_id: id, p_search_id: search })).toBe(false);
  });

  it("with nobody named, or hostile shapes where a list should be, proposes nothing and fails at nothing", async () => {
    for (const odd of [[], "people", null, [{}], [{ name: " " }], 7, [[1]]]) {
      const made = await answered();
      expect((await route(desk().service, made.mail, "referral", { people: odd })).outcome).toBe("routed");
    }
    expect(await many("select 1 from reply_proposals")).toHaveLength(0);
  });
});

describe("A person's list", () => {
  it("loses a mail until the time it is put off to, or until the same person writes again", async () => {
    const { mail, contact, mailbox } = await answered();
    await route(desk().service, mail, "question");
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const snooze = (at: string | null) => desk().operator.call("snooze_email", { p_id: mail, p_until: at });
    expect(await snooze(until)).toBe(true);
    await expect(snooze("2001-01-01T00:00:00Z")).rejects.toMatchObject({ code: "22023" });
    await receive(desk(), mailbox, mailFrom(contact));
    expect(await one("select snoozed_until from synced_emails where id = $1", [mail])).toEqual({
      snoozed_until: null,
    });
  });

  it("says whose a mail is, and keeps the answer somebody began; sending it drops it", async () => {
    const { mail } = await answered();
    await route(desk().service, mail, "interested", { facts: { suggestedAnswer: "Happy to talk." } });
    expect(await many("select body, source from reply_drafts")).toEqual([
      { body: "Happy to talk.", source: "agent" },
    ]);
    const me = await one<{ id: string }>("select id from operators limit 1");
    expect(await desk().operator.call("assign_email", { p_id: mail, p_operator_id: me?.id })).toBe(true);
    expect(await desk().operator.call("assign_email", { p_id: mail, p_operator_id: me?.id })).toBe(false);
    await desk().operator.call("save_reply_draft", {
      p_email_id: mail,
      p_subject: "Re: x",
      p_body: "My words",
    });
    expect(await many("select body, source from reply_drafts")).toEqual([
      { body: "My words", source: "person" },
    ]);
    await desk().operator.call("write_reply", { p_email_id: mail, p_subject: "Re: x", p_body: "My words" });
    expect(await many("select 1 from reply_drafts")).toHaveLength(0);
  });
});

describe("The routing table", () => {
  const change = (category: string, changes: Record<string, unknown>) =>
    desk().operator.row("update_routing_rule", {
      p_category: category,
      p_changes: changes,
      p_reason: "our desk",
    });

  it("is changed by an operator: days, priority, who reads it, with its words and an audit row", async () => {
    expect(await change("soft_pass", { taskAfterDays: 120, priority: 33, toPerson: true })).toMatchObject({
      task_after_days: 120,
      priority: 33,
      to_person: true,
      action: "Stops the sequence and opens a nurture task in 120 days, or on the day they name.",
    });
    expect(await many("select action, why from audit_log where entity = 'routing_rules'")).toEqual([
      { action: "routing.changed", why: "our desk" },
    ]);
    const { mail } = await answered();
    expect(await route(desk().service, mail, "soft_pass")).toMatchObject({ toPerson: true });
    expect(await one("select extract(day from due_at - now())::int as days from tasks")).toEqual({
      days: 119,
    });
  });

  it.each([
    ["opt_out", { toPerson: true }],
    ["interested", { toPerson: false }],
    ["other", { toPerson: false }],
    ["question", { taskAfterDays: 3 }],
    ["soft_pass", { taskAfterDays: 900 }],
    ["soft_pass", { priority: 0 }],
    ["soft_pass", { sequence: "keep" }],
    ["hard_pass", { do_not_contact: "none" }],
  ])("refuses %s %j, and says why", async (category, changes) => {
    await expect(change(category, changes)).rejects.toMatchObject({ code: "22023" });
  });

  it("is followed to the day a soft pass names", async () => {
    const { mail } = await answered({ facts: { followUp: { isoDate: "2032-03-01", words: "in March" } } });
    await route(desk().service, mail, "soft_pass");
    expect(await one("select due_at from tasks")).toEqual({ due_at: new Date("2032-03-01T16:00:00Z") });
  });
});
