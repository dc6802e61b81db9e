import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, route, sendNext } from "./support/make-mail";
import { addContacts, addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";

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
