import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { ingest, mailFrom, receive, reserve, route, sendNext } from "./support/make-mail";
import { addCompany, addContacts, addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();

const one = async <T = Record<string, unknown>>(text: string, params: readonly string[] = []) =>
  (await desk().db.query<T>(text, [...params]))[0];
const many = <T = Record<string, unknown>>(text: string) => desk().db.query<T>(text);

/** A campaign of two colleagues at a company of their own domain; the first was mailed at noon. */
async function mailed() {
  const company = await addCompany(desk());
  const contacts = await addContacts(desk(), 2, { companyId: company });
  const { mailboxes } = await runCampaign(desk(), { contacts, steps: 3 });
  const sent = await sendNext(desk(), mailboxes[0], NOON);
  const row = await one<{ contact_id: string; to_email: string; idempotency_key: string }>(
    "select contact_id, to_email, idempotency_key from sends where id = $1",
    [sent.id],
  );
  return {
    company,
    contacts,
    mailbox: mailboxes[0] ?? "",
    sent,
    contactId: row?.contact_id ?? "",
    to: row?.to_email ?? "",
    key: row?.idempotency_key ?? "",
  };
}
const sequenceOf = (contactId: string) =>
  one("select status, reason from enrollments where contact_id = $1", [contactId]);

describe("An inbound mail", () => {
  it("is matched by the key of our mail that it returns, when it kept no Message-ID", async () => {
    const { mailbox, key, contactId } = await mailed();
    const notice = mailFrom("mailer-daemon@relay.test", { sendKeys: [key] });
    expect(await ingest(desk().service, mailbox, notice)).toMatchObject({ contactId, matchedBy: "thread" });
  });

  it("is not matched by the key of a mail that has not left", async () => {
    const { mailbox } = await mailed();
    const next = await one<{ key: string }>(
      "select idempotency_key as key from sends where status = 'scheduled' limit 1",
    );
    const forged = mailFrom("mailer-daemon@relay.test", { sendKeys: [next?.key] });
    expect(await ingest(desk().service, mailbox, forged)).toMatchObject({ contactId: null });
  });

  it("suggests the company of its sender's domain, and touches nobody there", async () => {
    const { mailbox, company, contactId } = await mailed();
    const id = await receive(desk(), mailbox, mailFrom("newcomer@owners.test", { subject: "RE: Mail 1" }));
    expect(
      await one("select contact_id, suggested_company_id as company from synced_emails where id = $1", [id]),
    ).toEqual({ contact_id: null, company });
    expect(await sequenceOf(contactId)).toMatchObject({ status: "active" });
    const suggested = await desk().operator.rows<{ contact_id: string; why: string }>(
      "select contact_id, why from suggest_matches($1)",
      [id],
    );
    expect(suggested[0]).toEqual({
      contact_id: contactId,
      why: "same domain, and we wrote to them under this subject",
    });
    expect(suggested).toHaveLength(2);
  });

  it("of a shared domain suggests no company: gmail.com says nothing", async () => {
    const { mailbox, contactId } = await mailed();
    await desk().db.query("update contacts set email = 'a@gmail.com' where id = $1", [contactId]);
    const id = await receive(desk(), mailbox, mailFrom("b@gmail.com", { subject: "hello" }));
    expect(await one("select suggested_company_id from synced_emails where id = $1", [id])).toEqual({
      suggested_company_id: null,
    });
    expect(await desk().operator.rows("select * from suggest_matches($1)", [id])).toEqual([]);
  });

  it("from before the desk's first mail is kept, and does nothing", async () => {
    const { mailbox, to, contactId } = await mailed();
    const old = mailFrom(to, { receivedAt: minutesAfter(NOON, -60) });
    expect(await ingest(desk().service, mailbox, old)).toMatchObject({ inserted: true, putAway: true });
    expect(await one("select status, flags, reason from synced_emails")).toEqual({
      status: "done",
      flags: ["before_first_send"],
      reason: "Nothing was done about it: it came before the desk's first mail.",
    });
    expect(await sequenceOf(contactId)).toMatchObject({ status: "active" });
  });

  it("that answers a mail of ours is acted on, whatever the mailbox's clock says", async () => {
    const { mailbox, sent, contactId } = await mailed();
    const early = mailFrom("x@y.test", {
      inReplyTo: sent.messageId,
      receivedAt: minutesAfter(NOON, -60),
    });
    expect(await ingest(desk().service, mailbox, early)).toMatchObject({ putAway: false });
    expect(await sequenceOf(contactId)).toMatchObject({ status: "paused" });
  });

  it("of a burst is taken newest first, by one reader, who gets the same again when its step runs twice", async () => {
    const mailbox = await addMailbox(desk());
    for (const minute of [1, 2, 3, 4])
      await receive(
        desk(),
        mailbox,
        mailFrom("x@y.test", { inBurst: true, receivedAt: minutesAfter(NOON, minute) }),
      );
    const take = (by: string) =>
      desk().service.rows<{ id: string }>("select claim_burst(2, $1, now()) as id", [by]);
    const first = await take("run-1");
    const newest = await many<{ id: string }>(
      "select id from synced_emails order by received_at desc limit 2",
    );
    expect(first.map((row) => row.id).sort()).toEqual(newest.map((row) => row.id).sort());
    expect((await take("run-1")).map((row) => row.id).sort()).toEqual(first.map((row) => row.id).sort());
    const shares = await together(desk().service, 8, (session, index) =>
      session.rows("select claim_burst(1, $1, now()) as id", [`other-${index}`]),
    );
    expect(shares.flat()).toHaveLength(2);
  });
});

describe("Linking an unmatched mail", () => {
  const link = (mail: string, contact: string) =>
    desk().operator.call<Record<string, unknown>>("link_email", {
      p_email_id: mail,
      p_contact_id: contact,
    });

  it("remembers the address: the next mail from it is that contact's, and so are those that waited", async () => {
    const { mailbox, contactId } = await mailed();
    const first = await receive(desk(), mailbox, mailFrom("Jane@Home.Test"));
    await receive(desk(), mailbox, mailFrom("jane@home.test"));
    expect(await link(first, contactId)).toMatchObject({ remembered: true, others: 1 });
    expect(await ingest(desk().service, mailbox, mailFrom("jane@home.test"))).toMatchObject({
      contactId,
      matchedBy: "address",
    });
    expect(await many("select 1 from synced_emails where contact_id is null")).toHaveLength(0);
  });

  it("never remembers a machine's address, ours, or another contact's own", async () => {
    const { mailbox, contactId, contacts } = await mailed();
    const other = contacts.find((contact) => contact.id !== contactId);
    const own = await one<{ address: string }>("select address from mailboxes limit 1");
    for (const from of ["mailer-daemon@relay.test", "no-reply@portal.test", own?.address ?? ""]) {
      const mail = await receive(desk(), mailbox, mailFrom(from));
      expect(await link(mail, contactId)).toMatchObject({ remembered: false });
    }
    const theirs = await receive(desk(), mailbox, mailFrom(other?.email ?? ""));
    expect(await link(theirs, contactId)).toMatchObject({ remembered: false });
    expect(await many("select 1 from contact_addresses")).toHaveLength(0);
  });

  it("of an address another person corrected gives it to one contact only, and it can be forgotten", async () => {
    const { mailbox, contacts } = await mailed();
    const [a, b] = contacts;
    const mail = await receive(desk(), mailbox, mailFrom("jane@home.test"));
    await link(mail, a?.id ?? "");
    await link(mail, b?.id ?? "");
    expect(await many("select address, contact_id from contact_addresses")).toEqual([
      { address: "jane@home.test", contact_id: b?.id },
    ]);
    await expect(
      desk().operator.call("forget_address", { p_address: "jane@home.test", p_reason: " " }),
    ).rejects.toMatchObject({ code: "22023" });
    await desk().operator.call("forget_address", { p_address: "Jane@home.test", p_reason: "not hers" });
    expect(await ingest(desk().service, mailbox, mailFrom("jane@home.test"))).toMatchObject({
      contactId: null,
    });
  });

  it("never makes a bounce exclude the remembered address: we did not mail it", async () => {
    const { mailbox, contactId } = await mailed();
    await link(await receive(desk(), mailbox, mailFrom("jane@home.test")), contactId);
    const notice = await receive(desk(), mailbox, mailFrom("mailer-daemon@relay.test"));
    await route(desk().service, notice, "bounce", {
      bounce: { verdict: "hard", failedRecipients: ["jane@home.test"] },
    });
    expect(await many("select 1 from email_exclusions")).toHaveLength(0);
  });
});

describe("Sent Items", () => {
  const item = (extra: Record<string, unknown>) => ({
    entryId: "sent-1",
    messageId: "<hand@desk.test>",
    sentAt: minutesAfter(NOON, 30),
    subject: "Re: your building",
    toEmails: [],
    ...extra,
  });
  const note = (mailbox: string, extra: Record<string, unknown>) =>
    desk().service.call<string>("note_sent_item", { p_mailbox_id: mailbox, p_item: item(extra) });

  it("tell of a mail written by hand: its contact's sequence ends, and it counts once", async () => {
    const { mailbox, to, contactId } = await mailed();
    expect(await note(mailbox, { toEmails: [to.toUpperCase()] })).toBe("by_hand");
    expect(await note(mailbox, { toEmails: [to] })).toBe("seen");
    expect(await sequenceOf(contactId)).toEqual({
      status: "stopped",
      reason: "answered by hand on 7 May",
    });
    expect(await many("select 1 from hand_sent_mails")).toHaveLength(1);
    expect(
      await many(
        `select 1 from sends where status = 'scheduled' and lower(to_email) = '${to.toLowerCase()}'`,
      ),
    ).toHaveLength(0);
    expect(await many("select 1 from audit_log where action = 'contact.answered_by_hand'")).toHaveLength(1);
  });

  it("of a contact's remembered address ends their sequence too", async () => {
    const { mailbox, contactId } = await mailed();
    await desk().db.query(
      "insert into contact_addresses (address, contact_id) values ('jane@home.test', $1)",
      [contactId],
    );
    await note(mailbox, { toEmails: ["jane@home.test"] });
    expect(await sequenceOf(contactId)).toMatchObject({ status: "stopped" });
  });

  it("take the mail that was answered by hand off the list", async () => {
    const { mailbox, to } = await mailed();
    const mail = await receive(desk(), mailbox, mailFrom(to, { messageId: "<theirs@owners.test>" }));
    await route(desk().service, mail, "question");
    await note(mailbox, {
      toEmails: [to],
      inReplyTo: "<theirs@owners.test>",
      sentAt: minutesAfter("2031-05-08T16:00:00Z", 5),
    });
    expect(await one("select status, handled_by from synced_emails where id = $1", [mail])).toEqual({
      status: "done",
      handled_by: "answered by hand",
    });
  });

  it("never count our own mail, known by key, by Message-ID, or by what it is", async () => {
    const { mailbox, to, key, sent, contactId } = await mailed();
    expect(await note(mailbox, { toEmails: [to], key })).toBe("own");
    expect(await note(mailbox, { toEmails: [to], messageId: sent.messageId })).toBe("own");
    await desk().db.query("update sends set message_id = null, conversation_id = null where id = $1", [
      sent.id,
    ]);
    expect(
      await note(mailbox, {
        toEmails: [to],
        subject: "Mail 1",
        messageId: "<real@exchange.test>",
        conversationId: "c-1",
        sentAt: minutesAfter(NOON, 1),
      }),
    ).toBe("own");
    expect(await one("select message_id, conversation_id from sends where id = $1", [sent.id])).toEqual({
      message_id: "<real@exchange.test>",
      conversation_id: "c-1",
    });
    expect(await many("select 1 from hand_sent_mails")).toHaveLength(0);
    expect(await sequenceOf(contactId)).toMatchObject({ status: "active" });
  });

  it("settle a send nobody was sure about", async () => {
    const { mailbox } = await mailed();
    const { send } = await reserve(desk().service, mailbox, minutesAfter(NOON, 10));
    await desk().service.call("record_send", { p_id: send?.id, p_to: "uncertain", p_reason: "timed out" });
    const seen = {
      toEmails: [send?.to],
      key: send?.key,
      messageId: "<found@desk.test>",
      sentAt: minutesAfter(NOON, 10),
    };
    expect(await note(mailbox, seen)).toBe("settled");
    expect(await one("select status, message_id from sends where id = $1", [send?.id ?? ""])).toEqual({
      status: "sent",
      message_id: "<found@desk.test>",
    });
  });
});

describe("The health of a mailbox's reading", () => {
  const note = (mailbox: string, folder: string, upTo: string | null, problem: string | null, now: string) =>
    desk().service.rows("select note_sync($1, $2, $3, 0, 0, $4, $5)", [mailbox, folder, upTo, problem, now]);

  it("keeps a cursor per folder that never goes back, and says since when it fails", async () => {
    const mailbox = await addMailbox(desk());
    await note(mailbox, "inbox", minutesAfter(NOON, 10), null, NOON);
    await note(mailbox, "junk", minutesAfter(NOON, 50), null, NOON);
    await note(mailbox, "inbox", minutesAfter(NOON, 5), null, NOON);
    await note(mailbox, "inbox", null, "the relay is quiet", minutesAfter(NOON, 1));
    await note(mailbox, "inbox", null, "the relay is quiet", minutesAfter(NOON, 2));
    expect(
      await many("select folder, read_up_to, failures, problem_since from mailbox_folders order by 1"),
    ).toEqual([
      {
        folder: "inbox",
        read_up_to: new Date(minutesAfter(NOON, 10)),
        failures: 2,
        problem_since: new Date(minutesAfter(NOON, 1)),
      },
      { folder: "junk", read_up_to: new Date(minutesAfter(NOON, 50)), failures: 0, problem_since: null },
    ]);
    expect(await one("select sync_cursor, sync_error from mailboxes where id = $1", [mailbox])).toEqual({
      sync_cursor: new Date(minutesAfter(NOON, 10)),
      sync_error: "the relay is quiet",
    });
    await note(mailbox, "inbox", null, null, minutesAfter(NOON, 3));
    expect(await one("select sync_error from mailboxes where id = $1", [mailbox])).toEqual({
      sync_error: null,
    });
  });
});
