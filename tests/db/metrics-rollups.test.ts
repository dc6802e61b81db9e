import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, route, sendNext } from "./support/make-mail";
import { addContacts, addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const many = <T = Record<string, unknown>>(text: string) => desk().db.query<T>(text);

const STAGES = "properties, contacts, enrolled, sent, delivered, replied, interested, priced";
/** Everything the pages count from, as text that can be compared. Rows of nothing but zeroes say nothing. */
const counted = async () => ({
  funnel: await many(
    `select search_id::text, market, hour::text, ${STAGES} from funnel_hours where contacts + enrolled + properties <> 0 order by 1, 2, 3`,
  ),
  sends: await many(
    "select hour::text, mailbox_id::text, campaign_id::text, market, sent, bounced, complained from send_hours where (sent, bounced, complained) <> (0, 0, 0) order by 1, 2, 3, 4",
  ),
  domains: await many(
    "select month::text, domain, sent, bounced, complained from domain_months where sent <> 0 order by 1, 2",
  ),
  replies: await many("select * from (select r.*::text from reply_times r) x order by 1"),
  enrollments: await many(
    "select id::text, reached, bounced_at::text, complained_at::text, replied_at::text from enrollments order by 1",
  ),
});
const recount = () => desk().service.call("rebuild_metrics");
const funnel = async () => {
  const [row] = await many<Record<string, number>>(
    `select ${STAGES.split(", ")
      .map((stage) => `coalesce(sum(${stage}), 0)::int as ${stage}`)
      .join(", ")} from funnel_hours`,
  );
  return row ?? {};
};
const hardBounce = (address: string) => ({ bounce: { verdict: "hard", failedRecipients: [address] } });

type Act =
  | { readonly kind: "send" | "fail" | "lose" | "settle"; readonly who: number }
  | { readonly kind: "write"; readonly who: number; readonly category: string }
  | { readonly kind: "correct"; readonly who: number; readonly category: string }
  | { readonly kind: "undo" | "answer"; readonly who: number };

const who = fc.nat({ max: 5 });
const category = fc.constantFrom(
  "interested",
  "pricing_given",
  "complaint",
  "bounce",
  "out_of_office",
  "question",
  "soft_pass",
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("send" as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("fail" as const, "lose" as const, "settle" as const), who }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("write" as const), who, category }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("correct" as const), who, category }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("undo" as const, "answer" as const), who }) },
);

interface World {
  readonly mailbox: string;
  readonly contacts: readonly Contact[];
  readonly mails: string[];
  at: number;
}

/** Does one thing as the product does it; what is refused at this point of a history simply does not happen. */
async function perform(world: World, step: Act): Promise<void> {
  const { service, operator } = desk();
  const mail = world.mails[step.who % Math.max(world.mails.length, 1)];
  world.at += 7;
  const now = minutesAfter(NOON, world.at);
  if (step.kind === "send" || step.kind === "fail" || step.kind === "lose") {
    const { send } = await reserve(service, world.mailbox, now);
    if (!send) return;
    const to = { send: "sent", fail: "failed", lose: "uncertain" }[step.kind];
    await service.call("record_send", {
      p_id: send.id,
      p_to: to,
      p_evidence: { sentAt: now, messageId: `<${send.id}@desk.test>` },
    });
  } else if (step.kind === "settle") {
    const [lost] = await many<{ id: string }>(
      "select id from sends where status = 'uncertain' order by handed_at limit 1",
    );
    if (lost)
      await service.call("record_send", { p_id: lost.id, p_to: "sent", p_evidence: { sentAt: NOON } });
  } else if (step.kind === "write") {
    const contact = world.contacts[step.who % world.contacts.length];
    if (!contact) return;
    const id = await receive(desk(), world.mailbox, mailFrom(contact, { receivedAt: now }));
    world.mails.push(id);
    await route(service, id, step.category, step.category === "bounce" ? hardBounce(contact.email) : {});
  } else if (mail === undefined) return;
  else if (step.kind === "correct")
    await operator.call("correct_category", { p_id: mail, p_category: step.category });
  else if (step.kind === "undo")
    await operator.call("undo_routing", { p_email_id: mail, p_reason: "read it wrongly" });
  else await operator.call("write_reply", { p_email_id: mail, p_subject: "Re", p_body: "Thank you" });
}

const isRefusal = (error: unknown) => /^(22|23|P0|42501)/.test(String((error as { code?: string }).code));

describe("What the Metrics pages count from", () => {
  it("follows a contact from being found to giving a price, and back when that is undone", async () => {
    const plan = await runCampaign(desk(), { count: 2, steps: 1 });
    const mailbox = plan.mailboxes[0] ?? "";
    expect(await funnel()).toMatchObject({ enrolled: 2, sent: 0 });
    await sendNext(desk(), mailbox, NOON);
    await sendNext(desk(), mailbox, minutesAfter(NOON, 10));
    const [one, two] = plan.contacts;
    if (!one || !two) throw new Error("no contacts");
    const bounce = await receive(desk(), mailbox, mailFrom(one, { receivedAt: minutesAfter(NOON, 20) }));
    await route(desk().service, bounce, "bounce", hardBounce(one.email));
    const price = await receive(desk(), mailbox, mailFrom(two, { receivedAt: minutesAfter(NOON, 30) }));
    await route(desk().service, price, "pricing_given");
    expect(await funnel()).toMatchObject({
      enrolled: 2,
      sent: 2,
      delivered: 1,
      replied: 1,
      interested: 1,
      priced: 1,
    });
    await desk().operator.call("undo_routing", { p_email_id: price, p_reason: "no price in it" });
    expect(await funnel()).toMatchObject({ sent: 2, replied: 0, interested: 0, priced: 0 });
  });

  it("counts a bounce of the mail itself against delivery, its mailbox and its domain", async () => {
    const plan = await runCampaign(desk(), { count: 1 });
    const contact = plan.contacts[0];
    if (!contact) throw new Error("no contact");
    const sent = await sendNext(desk(), plan.mailboxes[0], NOON);
    const mail = await receive(
      desk(),
      plan.mailboxes[0],
      mailFrom("postmaster@owners.test", {
        receivedAt: minutesAfter(NOON, 5),
        inReplyTo: sent.messageId,
        references: [sent.messageId],
      }),
    );
    await desk().db.query("update synced_emails set send_id = $1, contact_id = $2 where id = $3", [
      sent.id,
      contact.id,
      mail,
    ]);
    await route(desk().service, mail, "bounce", hardBounce(contact.email));
    expect(await funnel()).toMatchObject({ sent: 1, delivered: 0, replied: 0 });
    expect(await many("select sent, bounced from send_hours")).toEqual([{ sent: 1, bounced: 1 }]);
    expect(await many("select domain, bounced from domain_months")).toEqual([
      { domain: "owners.test", bounced: 1 },
    ]);
  });

  it("comes to what a recount comes to, whatever happened in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 28 }), async (acts) => {
        const mailbox = await addMailbox(desk());
        const contacts = await addContacts(desk(), 3);
        await runCampaign(desk(), { contacts, steps: 3, mailboxes: [mailbox], gaps: [0, 0, 0] });
        const world: World = { mailbox, contacts, mails: [], at: 0 };
        for (const step of acts)
          await perform(world, step).catch((error: unknown) => {
            if (!isRefusal(error)) throw error;
          });
        const kept = await counted();
        await recount();
        expect(kept).toEqual(await counted());
        const stages = await many<{ ok: boolean }>(
          "select enrolled >= sent and sent >= delivered and delivered >= replied and replied >= interested and interested >= priced and priced >= 0 as ok from funnel_hours",
        );
        expect(stages.every(({ ok }) => ok)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it("loses nothing when several mailboxes send while answers come in", async () => {
    const mailboxes = await Promise.all([1, 2, 3].map(() => addMailbox(desk())));
    const plan = await runCampaign(desk(), { count: 24, mailboxes });
    const work = mailboxes.map(async (mailbox) => {
      for (let turn = 0; turn < 8; turn += 1) await sendNext(desk(), mailbox, minutesAfter(NOON, turn * 3));
    });
    const answers = plan.contacts.slice(0, 12).map(async (contact) => {
      const id = await receive(
        desk(),
        mailboxes[0],
        mailFrom(contact, { receivedAt: minutesAfter(NOON, 60) }),
      );
      await route(desk().service, id, "receipt");
    });
    await Promise.all([...work, ...answers]);
    const kept = await counted();
    expect((await funnel()).sent).toBe(24);
    await recount();
    expect(kept).toEqual(await counted());
  });

  it("counts what an extraction found once, however often it is found again", async () => {
    const { service } = desk();
    const search = randomUUID();
    await service.rows(
      "insert into searches (id, name, buyer_name, criteria, source) values ($1, 'S', 'B', '{}', 'form')",
      [search],
    );
    const approval = await service.row<{ id: string }>("propose", {
      p_run_key: `search:${search}`,
      p_checkpoint: "extraction",
      p_revision: 1,
      p_title: "T",
      p_summary: "S",
      p_proposal: {},
      p_search_id: search,
    });
    const [extraction] = await service.rows<{ id: string }>(
      "insert into extractions (search_id, approval_id, status) values ($1, $2, 'running') returning id",
      [search, approval.id],
    );
    await desk().db.query(
      "insert into costar_lookups (kind, id, name) values ('market', 7001, 'Market of the test')",
    );
    await service.rows(
      `insert into extraction_payloads (extraction_id, position, title, payload) values ($1, 0, 'P', '{"0": {"Geography": {"Filter": {"Ids": [7001]}}}}')`,
      [extraction?.id ?? ""],
    );
    const [property] = await service.rows<{ id: string }>(
      "insert into properties (address, address_key, city, state, source) values ('1 A St', '1 a st', 'Ontario', 'CA', 'costar') returning id",
    );
    const link =
      "insert into search_properties (search_id, property_id, extraction_id, payload_position) values ($1, $2, $3, 0) on conflict (search_id, property_id) do update set payload_position = 0";
    for (let times = 0; times < 2; times += 1)
      await service.rows(link, [search, property?.id ?? "", extraction?.id ?? ""]);
    const [contact] = await addContacts(desk(), 1);
    await service.rows(
      "insert into search_contacts (search_id, contact_id, property_id, payload_position) values ($1, $2, $3, 0)",
      [search, contact?.id ?? "", property?.id ?? ""],
    );
    expect(await many(`select market, properties, contacts from funnel_hours`)).toEqual([
      { market: "Market of the test", properties: 1, contacts: 1 },
    ]);
    const kept = await counted();
    await recount();
    expect(kept).toEqual(await counted());
  });
});
