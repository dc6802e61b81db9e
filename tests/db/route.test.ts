import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, type Routed, receive, reserve, route, sendNext } from "./support/make-mail";
import { addCompany, addContacts, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();
const LATER = minutesAfter(NOON, 30 * 1440);

/** A campaign of three colleagues; the first was mailed and has answered. */
async function answered(extra: Record<string, unknown> = {}) {
  const company = await addCompany(desk());
  const contacts = await addContacts(desk(), 3, { companyId: company });
  const { mailboxes } = await runCampaign(desk(), { contacts, steps: 3 });
  await sendNext(desk(), mailboxes[0], NOON);
  const [first] = await desk().db.query<{ id: string }>(
    "select c.id from contacts c join sends s on s.contact_id = c.id where s.status = 'sent' and c.company_id = $1",
    [company],
  );
  const writer = contacts.find((contact) => contact.id === first?.id);
  if (!writer) throw new Error("nobody was mailed");
  const others = contacts.filter((contact) => contact !== writer);
  const mail = await receive(desk(), mailboxes[0], mailFrom(writer, extra));
  return { company, contacts, writer, others, mail, mailbox: mailboxes[0] };
}

const state = async (contact: Contact | undefined) => {
  const id = [contact?.id ?? null];
  const [row] = await desk().db.query<Record<string, unknown>>(
    `select n.status, n.reason, n.resume_at, c.do_not_contact_at is not null as never, c.bounced_at is not null as bounced,
       (select count(*)::int from sends s where s.contact_id = c.id and s.status = 'scheduled') as scheduled
     from contacts c left join enrollments n on n.contact_id = c.id where c.id = $1`,
    id,
  );
  return row;
};
const exclusions = () => desk().db.query("select value, source from email_exclusions order by value");
const emailRow = async (id: string) =>
  (await desk().db.query<Record<string, unknown>>("select * from synced_emails where id = $1", [id]))[0];
const asAgent = (id: string, category: string, confidence: number | null) =>
  desk().service.call<Routed>("route_email", {
    p_id: id,
    p_category: category,
    p_confidence: confidence,
    p_reason: "the agent says so",
    p_decided_by: "agent",
  });

describe("Routing", () => {
  it.each(["pricing_given", "interested", "question", "referral", "buyer_inquiry", "other"])(
    "stops the sequence for %s and brings the mail to a person",
    async (category) => {
      const { writer, others, mail } = await answered();
      expect(await route(desk().service, mail, category)).toMatchObject({ toPerson: true });
      expect(await state(writer)).toMatchObject({ status: "stopped", scheduled: 0, never: false });
      expect(await state(others[0])).toMatchObject({ status: "active" });
      expect(await emailRow(mail)).toMatchObject({ status: "needs_person", category });
    },
  );

  it.each([
    ["broker_redirect", "broker"],
    ["wrong_contact", "research"],
    ["soft_pass", "nurture"],
  ])("opens one task for %s", async (category, kind) => {
    const { writer, mail } = await answered();
    await together(desk().service, 6, (session) => route(session, mail, category));
    expect(await desk().db.query("select kind, contact_id from tasks")).toEqual([
      { kind, contact_id: writer.id },
    ]);
    expect(await state(writer)).toMatchObject({ status: "stopped", scheduled: 0 });
  });

  it("never mails anybody at the company again after a hard pass", async () => {
    const { contacts, mail, mailbox } = await answered();
    await route(desk().service, mail, "hard_pass");
    for (const contact of contacts)
      expect(await state(contact)).toMatchObject({ status: "stopped", scheduled: 0 });
    expect(await desk().db.query("select 1 from companies where do_not_contact_at is not null")).toHaveLength(
      1,
    );
    expect((await reserve(desk().service, mailbox, LATER)).outcome).toBe("wait");
  });

  it.each([
    ["opt_out", "opt_out"],
    ["complaint", "complaint"],
  ])("excludes the address and the person for ever after a %s, and nobody else", async (category, source) => {
    const { writer, others, mail } = await answered();
    await route(desk().service, mail, category);
    expect(await exclusions()).toEqual([{ value: writer.email, source }]);
    expect(await state(writer)).toMatchObject({ status: "stopped", never: true, scheduled: 0 });
    expect(await state(others[0])).toMatchObject({ status: "active", never: false });
  });

  it("routes once when 12 workers route, with one effect and one audit row", async () => {
    const { mail } = await answered();
    const answers = await together(desk().service, 12, (session) => route(session, mail, "opt_out"));
    expect(answers.filter((answer) => answer.outcome === "routed")).toHaveLength(1);
    expect(answers.filter((answer) => answer.outcome === "already_routed")).toHaveLength(11);
    expect(await desk().db.query("select 1 from audit_log where action = 'reply.opt_out'")).toHaveLength(1);
  });

  it.each([
    ["a confidence of 0.69", 0.69],
    ["no confidence at all", null],
  ])(
    "does nothing to anyone at %s: a person reads it, and the sequence stays held",
    async (_what, confidence) => {
      for (const category of ["opt_out", "soft_pass"]) {
        const { writer, mail } = await answered();
        expect(await asAgent(mail, category, confidence)).toMatchObject({ toPerson: true, did: [] });
        expect(await emailRow(mail)).toMatchObject({ status: "needs_person" });
        expect(await state(writer)).toMatchObject({ status: "paused", never: false, scheduled: 2 });
      }
      expect(await exclusions()).toEqual([]);
      expect(await desk().db.query("select 1 from tasks")).toHaveLength(0);
    },
  );

  it("routes a mail without a sender, instead of failing on it for ever", async () => {
    const { mailbox } = await answered();
    const mail = await receive(desk(), mailbox, mailFrom("", { fromEmail: "" }));
    expect((await route(desk().service, mail, "opt_out")).outcome).toBe("routed");
    expect(await exclusions()).toEqual([]);
  });

  it("knows no category that has no rule", async () => {
    const { mail } = await answered();
    await expect(route(desk().service, mail, "newsletter")).rejects.toMatchObject({ code: "22023" });
    expect(await emailRow(mail)).toMatchObject({ status: "new" });
  });
});

describe("A bounce", () => {
  const bounce = (verdict: string, ...failedRecipients: string[]) => ({
    bounce: { verdict, failedRecipients },
  });

  it("excludes a dead address for ever and stops its sequence, but not the colleagues'", async () => {
    const { writer, others, mail } = await answered();
    await route(desk().service, mail, "bounce", bounce("hard", writer.email));
    expect(await exclusions()).toEqual([{ value: writer.email, source: "bounce" }]);
    expect(await state(writer)).toMatchObject({
      status: "stopped",
      bounced: true,
      scheduled: 0,
      never: false,
    });
    expect(await state(others[0])).toMatchObject({ status: "active", bounced: false });
  });

  it("of a full mailbox excludes nothing, and the sequence goes on", async () => {
    const { writer, mail } = await answered();
    await route(desk().service, mail, "bounce", bounce("soft", writer.email));
    expect(await exclusions()).toEqual([]);
    expect(await state(writer)).toMatchObject({ status: "active", bounced: false, scheduled: 2 });
  });

  it("that nobody can tell goes to a person, who does not start the sequence again by saying so", async () => {
    const { writer, mail } = await answered();
    expect(await route(desk().service, mail, "bounce", bounce("undecided", writer.email))).toMatchObject({
      toPerson: true,
    });
    expect(await state(writer)).toMatchObject({ status: "paused" });
    await desk().operator.call("correct_category", { p_id: mail, p_category: "bounce" });
    expect(await state(writer)).toMatchObject({ status: "stopped", scheduled: 0 });
  });

  it("that names nobody we mailed goes to a person, instead of holding the sequence for ever in silence", async () => {
    const { mail } = await answered();
    const answer = await route(desk().service, mail, "bounce", bounce("hard", "other@nowhere.test"));
    expect(answer).toMatchObject({ toPerson: true, did: [] });
    expect(await emailRow(mail)).toMatchObject({ status: "needs_person" });
  });

  it("of an address the contact had before stops the sequence that mailed it", async () => {
    const { writer, mail } = await answered();
    await desk().db.query("update contacts set email = 'new@owners.test' where id = $1", [writer.id]);
    await route(desk().service, mail, "bounce", bounce("hard", writer.email));
    expect(await state(writer)).toMatchObject({ status: "stopped", scheduled: 0, bounced: false });
  });
});

describe("Out of office", () => {
  const BACK = "2031-05-19T13:00:00Z";
  const resume = (now: string) => desk().service.call<number>("resume_rested", { p_now: now });
  const away = async () => {
    const scene = await answered();
    await route(desk().service, scene.mail, "out_of_office", { resumeAt: BACK });
    return scene;
  };

  it("pauses the sequence until the return, and it goes on then", async () => {
    const { writer, mailbox } = await away();
    expect(await state(writer)).toMatchObject({ status: "paused", resume_at: new Date(BACK), scheduled: 2 });
    expect(await resume(minutesAfter(BACK, -1))).toBe(0);
    expect(await resume(minutesAfter(BACK, 0))).toBe(1);
    expect((await reserve(desk().service, mailbox, minutesAfter(BACK, 180))).outcome).toBe("reserved");
  });

  it("does not resume while another mail of the same person waits to be read", async () => {
    const { writer, mailbox } = await away();
    const second = await receive(desk(), mailbox, mailFrom(writer));
    expect(await resume(minutesAfter(BACK, 1))).toBe(0);
    await route(desk().service, second, "out_of_office", { resumeAt: BACK });
    expect(await resume(minutesAfter(BACK, 1))).toBe(1);
  });

  it("is not cut short by a receipt or a full mailbox", async () => {
    const { writer, mailbox } = await away();
    const receipt = await receive(desk(), mailbox, mailFrom(writer, { holds: false }));
    await route(desk().service, receipt, "receipt");
    expect(await state(writer)).toMatchObject({ status: "paused", resume_at: new Date(BACK) });
    const full = await receive(desk(), mailbox, mailFrom(writer));
    await route(desk().service, full, "bounce", {
      bounce: { verdict: "soft", failedRecipients: [writer.email] },
    });
    expect(await state(writer)).toMatchObject({ status: "paused", resume_at: new Date(BACK) });
    expect(await resume(minutesAfter(BACK, 1))).toBe(1);
  });

  it("does not resume by itself once a person had to read a later mail", async () => {
    const { writer, mailbox } = await away();
    const later = await receive(desk(), mailbox, mailFrom(writer));
    await asAgent(later, "other", 0.4);
    expect(await resume(minutesAfter(BACK, 1))).toBe(0);
    expect(await state(writer)).toMatchObject({ status: "paused", resume_at: null });
    await desk().operator.call("finish_email", { p_id: later, p_sequence: "resume" });
    expect(await state(writer)).toMatchObject({ status: "active" });
  });

  it("ends with a later mail that a person reads and puts away: no sequence is held for ever by nothing", async () => {
    const { writer, mailbox } = await away();
    const later = await receive(desk(), mailbox, mailFrom(writer));
    await asAgent(later, "other", 0.4);
    await desk().operator.call("finish_email", { p_id: later });
    expect(await state(writer)).toMatchObject({
      status: "stopped",
      reason: "a person read the reply and put it away",
      scheduled: 0,
    });
  });

  it("outlasts another mail of the same person that is put away", async () => {
    const { writer, mail } = await away();
    expect(await desk().operator.call("finish_email", { p_id: mail })).toBe(true);
    expect(await state(writer)).toMatchObject({ status: "paused", resume_at: new Date(BACK) });
  });

  it("never brings back a sequence that was stopped", async () => {
    const { writer, mailbox } = await away();
    const later = await receive(desk(), mailbox, mailFrom(writer));
    await route(desk().service, later, "opt_out");
    expect(await resume(minutesAfter(BACK, 1))).toBe(0);
    await desk().operator.call("resume_contact", { p_contact_id: writer.id });
    expect(await state(writer)).toMatchObject({ status: "stopped", scheduled: 0 });
  });
});

describe("A person's correction", () => {
  const correct = (id: string, category: string, words: string | null = null) =>
    desk().operator.call<Routed>("correct_category", { p_id: id, p_category: category, p_words: words });

  it("is kept as a labelled example and as feedback, and has its effect", async () => {
    const { writer, mail } = await answered();
    await asAgent(mail, "soft_pass", 0.9);
    await correct(mail, "opt_out", "unsubscribe in the subject means it");
    expect(
      await desk().db.query(
        "select predicted, predicted_confidence, correct, labelled_by from labelled_replies",
      ),
    ).toEqual([
      {
        predicted: "soft_pass",
        predicted_confidence: "0.900",
        correct: "opt_out",
        labelled_by: desk().operatorName,
      },
    ]);
    expect(await desk().db.query("select agent, checkpoint, words, adjustment from agent_feedback")).toEqual([
      {
        agent: "response-classifier",
        checkpoint: "classification",
        words: "unsubscribe in the subject means it",
        adjustment: "opt_out instead of soft_pass",
      },
    ]);
    expect(await exclusions()).toEqual([{ value: writer.email, source: "opt_out" }]);
    expect(await state(writer)).toMatchObject({ never: true });
  });

  it("keeps what the classifier said first, when a person changes their mind", async () => {
    const { mail } = await answered();
    await asAgent(mail, "soft_pass", 0.9);
    await correct(mail, "question");
    await correct(mail, "interested");
    expect(await desk().db.query("select predicted, correct from labelled_replies")).toEqual([
      { predicted: "soft_pass", correct: "interested" },
    ]);
  });

  it("that confirms the category is an example too, and no feedback", async () => {
    const { mail } = await answered();
    await asAgent(mail, "interested", 0.9);
    await correct(mail, "interested");
    expect(await desk().db.query("select correct from labelled_replies")).toEqual([
      { correct: "interested" },
    ]);
    expect(await desk().db.query("select 1 from agent_feedback")).toHaveLength(0);
  });

  it("of something that is no category changes nothing", async () => {
    const { mail } = await answered();
    await expect(correct(mail, "newsletter")).rejects.toMatchObject({ code: expect.stringMatching(/^2/) });
    expect(await desk().db.query("select 1 from labelled_replies")).toHaveLength(0);
  });
});
