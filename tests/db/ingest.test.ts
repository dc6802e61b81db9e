import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { type Ingested, ingest, mailFrom, receive, reserve, route, sendNext } from "./support/make-mail";
import { addContacts, addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();

const enrollment = async (contact: Contact | undefined) =>
  (
    await desk().db.query<{ status: string; reason: string | null; resume_at: Date | null }>(
      "select status, reason, resume_at from enrollments where contact_id = $1",
      [contact?.id ?? null],
    )
  )[0];

/** A campaign whose first mail left, with two follow-ups scheduled. */
async function mailed() {
  const plan = await runCampaign(desk(), { steps: 3 });
  const sent = await sendNext(desk(), plan.mailboxes[0], NOON);
  const contact = plan.contacts[0];
  if (!contact) throw new Error("no contact");
  return { ...plan, sent, contact, mailbox: plan.mailboxes[0] };
}

describe("An inbound mail", () => {
  it("is stored once, however many syncs see it at the same time", async () => {
    const { contact, mailbox } = await mailed();
    const mail = mailFrom(contact);
    const answers = await together(desk().service, 12, (session) =>
      session.call<Ingested>("ingest_email", { p_mailbox_id: mailbox, p_email: mail }),
    );
    expect(answers.filter((answer) => answer.inserted)).toHaveLength(1);
    expect(await desk().db.query("select 1 from synced_emails")).toHaveLength(1);
  });

  it("is the same mail when Outlook moved it and gave it another id", async () => {
    const { contact, mailbox } = await mailed();
    const mail = mailFrom(contact);
    await receive(desk(), mailbox, mail);
    expect(await ingest(desk().service, mailbox, { ...mail, entryId: "moved to Junk" })).toEqual({
      inserted: false,
    });
  });

  it("is kept when it has no Message-ID, and so is the next one without", async () => {
    const { contact, mailbox } = await mailed();
    for (const messageId of [null, null, "", " "])
      expect(await ingest(desk().service, mailbox, mailFrom(contact, { messageId }))).toMatchObject({
        inserted: true,
      });
  });

  it("is kept raw and shown when it cannot be parsed", async () => {
    const mailbox = await addMailbox(desk());
    await receive(
      desk(),
      mailbox,
      mailFrom("", { fromEmail: "", rawSource: "garbage", parseProblem: "no headers", references: null }),
    );
    const rows = await desk().operator.rows(
      "select raw_source, parse_problem, from_email, status from synced_emails",
    );
    expect(rows).toEqual([
      { raw_source: "garbage", parse_problem: "no headers", from_email: null, status: "new" },
    ]);
  });

  it("is claimed by one of 12 classifiers, and again only when that one is surely gone", async () => {
    const { contact, mailbox } = await mailed();
    const id = await receive(desk(), mailbox, mailFrom(contact));
    const claim = (now: string) => ({ p_id: id, p_now: now });
    const claims = await together(desk().service, 12, (session) =>
      session.call<boolean>("claim_email", claim(NOON)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await desk().service.call("claim_email", claim(minutesAfter(NOON, 4)))).toBe(false);
    expect(await desk().service.call("claim_email", claim(minutesAfter(NOON, 6)))).toBe(true);
  });
});

describe("A reply", () => {
  it("holds its sequence the moment it arrives, before anybody has read it", async () => {
    const { contact, mailbox } = await mailed();
    await receive(desk(), mailbox, mailFrom(contact));
    expect(await enrollment(contact)).toMatchObject({ status: "paused" });
    expect((await reserve(desk().service, mailbox, minutesAfter(NOON, 30 * 1440))).outcome).toBe("wait");
  });

  it("does not hold the sequence when it is only a receipt", async () => {
    const { contact, mailbox } = await mailed();
    await receive(desk(), mailbox, mailFrom(contact, { holds: false }));
    expect(await enrollment(contact)).toMatchObject({ status: "active" });
  });

  it("either comes after a mail that is being reserved, or stops it: never both at 12 dispatchers", async () => {
    const plan = await runCampaign(desk(), { count: 40 });
    const stopped = plan.contacts.slice(0, 20);
    const arrived = new Set<string>();
    const tooLate: string[] = [];
    await Promise.all([
      ...stopped.map(async (contact) => {
        await receive(desk(), plan.mailboxes[0], mailFrom(contact));
        arrived.add(contact.email);
      }),
      ...Array.from({ length: 12 }, async () => {
        for (;;) {
          const before = new Set(arrived);
          const { send } = await reserve(desk().service, plan.mailboxes[0], NOON);
          if (!send) return;
          if (before.has(send.to)) tooLate.push(send.to);
        }
      }),
    ]);
    expect(tooLate).toEqual([]);
    expect(arrived.size).toBe(20);
  });

  it("is matched by the thread it answers, even from another address", async () => {
    const { contact, mailbox, sent } = await mailed();
    const byReply = mailFrom("assistant@elsewhere.test", { inReplyTo: sent.messageId });
    const byReferences = mailFrom("assistant@elsewhere.test", { references: ["<x@y>", sent.messageId] });
    for (const mail of [byReply, byReferences])
      expect(await ingest(desk().service, mailbox, mail)).toMatchObject({
        contactId: contact.id,
        matchedBy: "thread",
      });
  });

  it("is matched by Outlook's conversation when the headers are gone", async () => {
    const { contact, mailbox, sent } = await mailed();
    const mail = mailFrom("assistant@elsewhere.test", { conversationId: sent.conversationId });
    expect(await ingest(desk().service, mailbox, mail)).toMatchObject({
      contactId: contact.id,
      matchedBy: "thread",
    });
    const elsewhere = await addMailbox(desk());
    expect(await ingest(desk().service, elsewhere, { ...mail, entryId: "other" })).toMatchObject({
      contactId: null,
    });
  });

  it("is matched by its sender's address, in any case", async () => {
    const { contact, mailbox } = await mailed();
    const mail = mailFrom(contact.email.toUpperCase());
    expect(await ingest(desk().service, mailbox, mail)).toMatchObject({
      contactId: contact.id,
      matchedBy: "address",
    });
  });

  it("has a queue of its own when it matches nobody", async () => {
    const { mailbox } = await mailed();
    const id = await receive(desk(), mailbox, mailFrom("stranger@nowhere.test"));
    const answer = await desk().service.call<{ toPerson: boolean }>("route_email", {
      p_id: id,
      p_category: "soft_pass",
      p_confidence: 0.99,
      p_reason: "says not now",
      p_decided_by: "agent",
    });
    expect(answer.toPerson).toBe(true);
    expect(await desk().db.query("select contact_id, status from synced_emails")).toEqual([
      { contact_id: null, status: "needs_person" },
    ]);
  });
});

describe("A notice that a mail did not arrive", () => {
  const notice = (failedRecipients: readonly string[]) =>
    mailFrom("mailer-daemon@relay.test", { failedRecipients, messageClass: "REPORT.IPM.Note.NDR" });

  it("is matched by the recipient that failed", async () => {
    const { contact, mailbox } = await mailed();
    expect(await ingest(desk().service, mailbox, notice([contact.email.toUpperCase()]))).toMatchObject({
      contactId: contact.id,
      matchedBy: "failed_recipient",
    });
  });

  it("cannot touch somebody we have not mailed yet, even if a mail to them is scheduled", async () => {
    const { contacts, mailboxes } = await runCampaign(desk());
    const [contact] = contacts;
    const forged = notice([contact?.email ?? ""]);
    const { id, contactId } = await ingest(desk().service, mailboxes[0], forged);
    expect(contactId).toBeNull();
    const bounce = { bounce: { verdict: "hard", failedRecipients: [contact?.email] } };
    const answer = await route(desk().service, id ?? "", "bounce", bounce);
    expect(answer).toMatchObject({ toPerson: true, did: [] });
    expect(await desk().db.query("select 1 from email_exclusions")).toHaveLength(0);
    expect(await enrollment(contact)).toMatchObject({ status: "active" });
  });

  it("never excludes an address that only stands somewhere in it", async () => {
    const { contact, mailbox } = await mailed();
    const [stranger] = await addContacts(desk(), 1);
    const id = await receive(desk(), mailbox, notice([contact.email]));
    await route(desk().service, id, "bounce", {
      bounce: {
        verdict: "hard",
        failedRecipients: [contact.email, stranger?.email, "mailer-daemon@relay.test", ""],
      },
    });
    expect(await desk().db.query("select kind, value, source from email_exclusions")).toEqual([
      { kind: "address", value: contact.email, source: "bounce" },
    ]);
  });
});
