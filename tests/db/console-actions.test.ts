import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkTemplate } from "@/lib/campaigns/templates/template";
import { ANSWER_TAGS } from "@/lib/replies/answer-tags";
import { fillAnswer } from "@/lib/replies/fill-answer";
import { addOperator } from "./support/desk";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, route, sendNext } from "./support/make-mail";
import { addContacts, addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { type Caller, together } from "./support/sessions";

const desk = openDesk();

const one = async <T>(text: string, params: readonly string[] = []) =>
  (await desk().db.query<T>(text, [...params]))[0];
const enrollment = (contactId: string | undefined) =>
  one<{ status: string; scheduled: number }>(
    `select n.status, (select count(*)::int from sends s where s.contact_id = n.contact_id and s.status = 'scheduled') as scheduled
       from enrollments n where n.contact_id = $1`,
    [contactId ?? ""],
  );
const audit = (action: string) =>
  one<{ actor: string; why: string | null }>("select actor, why from audit_log where action = $1", [action]);

/** A running campaign, one mail sent, and a mail from an address nobody knows. */
async function stranger() {
  const contacts = await addContacts(desk(), 2);
  const { mailboxes } = await runCampaign(desk(), { contacts, steps: 3 });
  await sendNext(desk(), mailboxes[0], NOON);
  const mail = await receive(desk(), mailboxes[0], mailFrom("somebody@elsewhere.test"));
  return { contacts, mail, mailbox: mailboxes[0] };
}
const link = (mail: string, contact: string | undefined) =>
  desk().operator.call<{ outcome: string }>("link_email", { p_email_id: mail, p_contact_id: contact });

describe("Linking an unmatched mail", () => {
  it("gives it the contact and holds that contact's sequence, and nobody else's", async () => {
    const { contacts, mail } = await stranger();
    expect(await link(mail, contacts[0]?.id)).toMatchObject({ outcome: "linked" });
    expect(await one("select contact_id, matched_by from synced_emails where id = $1", [mail])).toEqual({
      contact_id: contacts[0]?.id,
      matched_by: "person",
    });
    expect(await enrollment(contacts[0]?.id)).toMatchObject({ status: "paused" });
    expect(await enrollment(contacts[1]?.id)).toMatchObject({ status: "active" });
    expect(await audit("reply.linked")).toMatchObject({ actor: desk().operatorName });
  });

  it("brings a mail that was settled without a contact back to a person", async () => {
    const { contacts, mail } = await stranger();
    await route(desk().service, mail, "opt_out");
    await link(mail, contacts[0]?.id);
    expect(await one("select status from synced_emails where id = $1", [mail])).toEqual({
      status: "needs_person",
    });
  });

  it("says that a sequence is held only where there is one", async () => {
    const { contacts, mail } = await stranger();
    await desk().db.query("update enrollments set status = 'stopped' where contact_id = $1", [
      contacts[0]?.id ?? "",
    ]);
    expect(await link(mail, contacts[0]?.id)).toMatchObject({ held: false });
    expect(await link(mail, contacts[1]?.id)).toMatchObject({ held: true });
    const rows = await desk().db.query<{ did: string[] }>(
      "select after -> 'did' as did from audit_log where action = 'reply.linked' order by id",
    );
    expect(rows.map(({ did }) => did.some((one) => one.includes("sequence held")))).toEqual([false, true]);
  });

  it("lets the contact it was wrongly linked to go on", async () => {
    const { contacts, mail } = await stranger();
    await link(mail, contacts[0]?.id);
    await link(mail, contacts[1]?.id);
    expect(await enrollment(contacts[0]?.id)).toMatchObject({ status: "active" });
    expect(await enrollment(contacts[1]?.id)).toMatchObject({ status: "paused" });
  });

  it("is refused for a contact that is not there, and to whoever is no operator", async () => {
    const { contacts, mail } = await stranger();
    await expect(link(mail, randomUUID())).rejects.toMatchObject({ code: "P0002" });
    const asked = { p_email_id: mail, p_contact_id: contacts[0]?.id };
    await expect(desk().stranger.call("link_email", asked)).rejects.toMatchObject({ code: "42501" });
    await expect(desk().anon.call("link_email", asked)).rejects.toMatchObject({ code: "42501" });
  });
});

const exclude = (kind: string, value: string, reason: string | null = "asked by phone") =>
  desk().operator.row<{ id: string; value: string }>("exclude_address", {
    p_kind: kind,
    p_value: value,
    p_reason: reason,
  });

describe("An exclusion by hand", () => {
  it("stops what is scheduled to the address, whatever its case", async () => {
    const contacts = await addContacts(desk(), 2);
    await runCampaign(desk(), { contacts, steps: 3 });
    await exclude("address", ` ${contacts[0]?.email.toUpperCase()} `);
    expect(await enrollment(contacts[0]?.id)).toEqual({ status: "stopped", scheduled: 0 });
    expect(await enrollment(contacts[1]?.id)).toEqual({ status: "active", scheduled: 3 });
    expect(await audit("exclusion.added")).toEqual({ actor: desk().operatorName, why: "asked by phone" });
  });

  it("of a domain stops everybody there", async () => {
    const contacts = await addContacts(desk(), 2);
    await runCampaign(desk(), { contacts, steps: 2 });
    const domain = contacts[0]?.email.split("@")[1] ?? "";
    expect(await exclude("domain", `@${domain}`)).toMatchObject({ value: domain });
    expect(await enrollment(contacts[0]?.id)).toMatchObject({ status: "stopped" });
  });

  it("stands once, however often it is asked for", async () => {
    const first = await exclude("address", "a@b.test");
    expect(await exclude("address", "A@B.test")).toMatchObject({ id: first.id });
  });

  it.each([
    ["address", "not an address", "why"],
    ["address", "a@b", "why"],
    ["domain", "no dots", "why"],
    ["domain", "a@b.test", "why"],
    ["address", "a@b.test", " "],
    ["address", "a@b.test", null],
  ])("is refused for %s %j because %j", async (kind, value, reason) => {
    await expect(exclude(kind, value, reason)).rejects.toMatchObject({ code: "22023" });
  });

  it("is lifted by an admin with a reason, and by nobody else", async () => {
    const { id } = await exclude("address", "a@b.test");
    const lift = (reason: string) => desk().operator.call("lift_exclusion", { p_id: id, p_reason: reason });
    await expect(lift("they asked")).rejects.toMatchObject({ code: "42501" });
    await desk().db.query("update operators set role = 'admin'");
    await expect(lift(" ")).rejects.toMatchObject({ code: "22023" });
    expect(await lift("they asked")).toBe(true);
    expect(await lift("they asked")).toBe(false);
    expect(await one("select count(*)::int as n from email_exclusions")).toEqual({ n: 0 });
    expect(await audit("exclusion.lifted")).toMatchObject({ why: "they asked" });
  });

  it("that came from a bounce lets the address be mailed again once lifted", async () => {
    const [contact] = await addContacts(desk(), 1);
    await desk().db.query("update contacts set bounced_at = now() where id = $1", [contact?.id ?? ""]);
    const exclusion = await one<{ id: string }>(
      "insert into email_exclusions (kind, value, reason, source) values ('address', $1, 'dead', 'bounce') returning id",
      [contact?.email ?? ""],
    );
    await desk().service.call("lift_exclusion", { p_id: exclusion?.id, p_reason: "the address works now" });
    const why = { p_contact_id: contact?.id, p_to: contact?.email };
    expect(await desk().operator.call("why_not_mail", why)).toBeNull();
  });
});

describe("A learning", () => {
  const add = async () =>
    (
      await one<{ id: string }>(
        `insert into agent_feedback (agent, checkpoint, words, author)
       values ('sourcing-agent', 'sourcing', 'Too narrow, add OC', 'Dana') returning id`,
      )
    )?.id;
  const set = (id: string | undefined, pinned: boolean, status: string) =>
    desk().operator.row<{ pinned: boolean; status: string }>("set_learning", {
      p_id: id,
      p_pinned: pinned,
      p_status: status,
    });

  it("is pinned and retired with an audit row each, and a retired one is not pinned", async () => {
    const id = await add();
    expect(await set(id, true, "active")).toMatchObject({ pinned: true, status: "active" });
    expect(await set(id, true, "active")).toMatchObject({ pinned: true });
    expect(await set(id, true, "retired")).toMatchObject({ pinned: false, status: "retired" });
    const rows = await desk().db.query<{ action: string }>("select action from audit_log order by id");
    expect(rows.map(({ action }) => action)).toEqual(["learning.pinned", "learning.retired"]);
  });

  it("cannot be put into a status that is none, or be one that is not there", async () => {
    await expect(set(await add(), false, "gone")).rejects.toMatchObject({ code: "23514" });
    await expect(set(randomUUID(), false, "active")).rejects.toMatchObject({ code: "P0002" });
  });
});

describe("An unknown mailbox", () => {
  it("cannot be written from: an answer needs a contact first", async () => {
    const mail = await receive(desk(), await addMailbox(desk()), mailFrom("somebody@elsewhere.test"));
    await expect(
      desk().operator.call("write_reply", { p_email_id: mail, p_subject: "Re: x", p_body: "Hello" }),
    ).rejects.toMatchObject({ code: "22023" });
  });
});

describe("What an operator has read", () => {
  const mark = (who: Caller, mail: string, read = true) =>
    who.call<boolean>("mark_reply", { p_email_id: mail, p_read: read });
  const unread = (who: Caller) => who.call<number>("unread_replies");
  const reads = (who: Caller) => who.rows<{ email_id: string }>("select * from reply_reads");
  async function waiting() {
    const made = await stranger();
    await route(desk().service, made.mail, "question");
    return { ...made, other: await addOperator(desk().db, "Lee Park") };
  }

  it("is theirs alone: a colleague neither sees it nor has less to read for it", async () => {
    const { mail, other } = await waiting();
    expect([await unread(desk().operator), await unread(other)]).toEqual([1, 1]);
    expect(await mark(desk().operator, mail)).toBe(true);
    expect(await mark(desk().operator, mail)).toBe(false);
    expect([await unread(desk().operator), await unread(other)]).toEqual([0, 1]);
    expect(await reads(desk().operator)).toHaveLength(1);
    expect(await reads(other)).toEqual([]);
    expect(await reads(desk().stranger)).toEqual([]);
  });

  it("is marked unread again by themselves only, and a colleague's mark does not move it", async () => {
    const { mail, other } = await waiting();
    await mark(desk().operator, mail);
    expect(await mark(other, mail, false)).toBe(false);
    expect(await unread(desk().operator)).toBe(0);
    expect(await mark(desk().operator, mail, false)).toBe(true);
    expect(await mark(desk().operator, mail, false)).toBe(false);
    expect(await unread(desk().operator)).toBe(1);
  });

  it("is written around the function by nobody, in nobody's name", async () => {
    const { mail, other } = await waiting();
    await mark(other, mail);
    const me = await one<{ id: string }>("select id from operators where display_name <> 'Lee Park'");
    for (const statement of [
      `insert into reply_reads values ('${me?.id}', '${mail}', now())`,
      "update reply_reads set read_at = null",
      "delete from reply_reads",
    ])
      await expect(desk().operator.rows(statement), statement).rejects.toMatchObject({ code: "42501" });
    for (const nobody of [desk().service, desk().stranger, desk().anon])
      await expect(mark(nobody, mail)).rejects.toMatchObject({ code: "42501" });
    await expect(mark(desk().operator, randomUUID())).rejects.toMatchObject({ code: "P0002" });
    expect(await one("select count(*)::int as n from reply_reads")).toEqual({ n: 1 });
  });

  it("is noted once however many tabs open the mail at the same time", async () => {
    const { mail } = await waiting();
    const noted = await together(desk().operator, 8, (session) =>
      session.call<boolean>("mark_reply", { p_email_id: mail, p_read: true }),
    );
    expect(noted.filter(Boolean)).toHaveLength(1);
  });

  it("is unread again when what was put off comes back, until it is opened again", async () => {
    const { mail } = await waiting();
    await mark(desk().operator, mail);
    await desk().db.query("update synced_emails set snoozed_until = now() + interval '1 day' where id = $1", [
      mail,
    ]);
    expect(await unread(desk().operator)).toBe(0);
    await desk().db.query("update reply_reads set read_at = now() - interval '2 days'");
    await desk().db.query("update synced_emails set snoozed_until = now() - interval '1 day' where id = $1", [
      mail,
    ]);
    expect(await unread(desk().operator)).toBe(1);
    expect(await mark(desk().operator, mail)).toBe(true);
    expect(await unread(desk().operator)).toBe(0);
  });
});

describe("An answer that does not leave", () => {
  it("brings its mail back to a person, unread, with the words that were written", async () => {
    const { contacts, mail, mailbox } = await stranger();
    await link(mail, contacts[0]?.id);
    await route(desk().service, mail, "question");
    await desk().operator.call("mark_reply", { p_email_id: mail, p_read: true });
    await desk().operator.call("write_reply", { p_email_id: mail, p_subject: "Re: x", p_body: "Gladly." });
    await desk().operator.call("finish_email", { p_id: mail });
    expect(await desk().operator.rows("select 1 from reply_drafts")).toEqual([]);
    await desk().db.query("update sends set due_at = $1 where kind = 'manual_reply'", [NOON]);
    const { send } = await reserve(desk().service, mailbox, minutesAfter(NOON, 60));
    expect(send?.kind).toBe("manual_reply");
    await desk().service.call("record_send", {
      p_id: send?.id,
      p_to: "failed",
      p_reason: "the mailbox refused it",
    });
    expect(await one("select status, handled_at from synced_emails where id = $1", [mail])).toEqual({
      status: "needs_person",
      handled_at: null,
    });
    expect(await desk().operator.call("unread_replies")).toBe(1);
    expect(await desk().operator.rows("select body, updated_by from reply_drafts")).toEqual([
      { body: "Gladly.", updated_by: desk().operatorName },
    ]);
    expect(await audit("reply.answer_failed")).toMatchObject({ why: "the mailbox refused it" });
  });
});

describe("Answer templates", () => {
  const save = (
    name: string,
    body = "Hi {{first_name|there}}",
    id: string | null = null,
    category?: string,
  ) =>
    desk().operator.call<string>("save_answer_template", {
      p_id: id,
      p_name: name,
      p_body: body,
      ...(category ? { p_category: category } : {}),
    });
  const inUse = async () =>
    (
      await desk().operator.rows<{ name: string }>(
        "select name from answer_templates where retired_at is null order by position",
      )
    ).map(({ name }) => name);
  const idOf = async (name: string) =>
    (await one<{ id: string }>("select id from answer_templates where name = $1", [name]))?.id ?? "";

  it("that a desk starts with use known tags only, and leave no hole where nothing is known but who signs", async () => {
    const rows = await desk().operator.rows<{ body: string }>("select body from answer_templates");
    expect(rows).toHaveLength(5);
    for (const { body } of rows) {
      expect(checkTemplate(body, ANSWER_TAGS)).toEqual([]);
      const filled = fillAnswer(body, { sender_name: "Dana", desk_name: "Harbor Point" });
      expect(filled).toMatch(/^Hi there,\n/);
      expect(filled).not.toMatch(/null|\{\{| {2}/);
    }
  });

  it("are added, changed, retired and brought back, each with who did it", async () => {
    const id = await save("Ask for photos", "Could you send photos?", null, "interested");
    expect(await save("Ask for photos", "Could you send photos?", id, "interested")).toBe(id);
    await save("Ask for pictures", "Could you send pictures?", id);
    expect(await desk().operator.call("retire_answer_template", { p_id: id, p_retired: true })).toBe(true);
    expect(await inUse()).not.toContain("Ask for pictures");
    expect(await desk().operator.call("retire_answer_template", { p_id: id, p_retired: true })).toBe(false);
    await desk().operator.call("retire_answer_template", { p_id: id, p_retired: false });
    expect((await inUse()).at(-1)).toBe("Ask for pictures");
    const rows = await desk().db.query<{ action: string; actor: string }>(
      "select action, actor from audit_log where entity = 'answer_templates' order by id",
    );
    expect(rows.map(({ action }) => action.replace("answer_template.", ""))).toEqual([
      "added",
      "changed",
      "retired",
      "brought_back",
    ]);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([desk().operatorName]));
  });

  it("need a name of their own, words, and a category there is", async () => {
    const refused: Parameters<typeof save>[] = [
      [" "],
      ["x".repeat(81)],
      ["A", " \n "],
      ["A", "x".repeat(5001)],
      ["A", "x", null, "winner"],
      ["propose a CALL"],
    ];
    for (const args of refused)
      await expect(save(...args), String(args)).rejects.toMatchObject({ code: "22023" });
    await expect(save("A", "x", randomUUID())).rejects.toMatchObject({ code: "P0002" });
    const call = await idOf("Propose a call");
    await desk().operator.call("retire_answer_template", { p_id: call, p_retired: true });
    await save("Propose a call");
    await expect(
      desk().operator.call("retire_answer_template", { p_id: call, p_retired: false }),
    ).rejects.toMatchObject({ code: "22023" });
  });

  it("keep an order of their own, also when eight operators move and add at once", async () => {
    const before = await inUse();
    const last = before.at(-1) ?? "";
    const id = await idOf(last);
    expect(await desk().operator.call("move_answer_template", { p_id: id, p_up: false })).toBe(false);
    expect(await desk().operator.call("move_answer_template", { p_id: id, p_up: true })).toBe(true);
    expect((await inUse()).at(-2)).toBe(last);
    await together(desk().operator, 8, (session, index) =>
      index % 2 === 0
        ? session.call("move_answer_template", { p_id: id, p_up: true })
        : session.call("save_answer_template", { p_id: null, p_name: `New ${index}`, p_body: "x" }),
    );
    expect((await inUse())[0]).toBe(last);
    const [positions] = await desk().db.query<{ n: number; all: number }>(
      'select count(distinct position)::int as n, count(*)::int as "all" from answer_templates',
    );
    expect(positions).toEqual({ n: 9, all: 9 });
  });
});
