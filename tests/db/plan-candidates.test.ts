import { describe, expect, it } from "vitest";
import { runCampaign } from "./support/make-campaign";
import { mailFrom, receive } from "./support/make-mail";
import { addCompany, addContacts, addMailbox, addSearch, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const NOBODY = "00000000-0000-0000-0000-000000000000";

interface Candidate {
  readonly contactId: string;
  readonly propertyId: string;
  readonly reason: string | null;
}

const insert = async (text: string, params: (string | number | null)[] = []): Promise<string> =>
  (await desk().service.rows<{ id: string }>(`${text} returning id`, params))[0]?.id ?? "";

const addProperty = (companyId: string | null = null) =>
  insert(
    "insert into properties (address, address_key, state, company_id, source) values ('1 Elm', gen_random_uuid()::text, 'CA', $1, 'costar')",
    [companyId],
  );

/** A search that found these contacts with one property, and its campaign. */
async function found(contacts: readonly Contact[], property?: string) {
  const searchId = await addSearch(desk());
  const propertyId = property ?? (await addProperty());
  await desk().service.rows(
    `insert into search_contacts (search_id, contact_id, property_id, payload_position)
     select $1, (x ->> 'id')::uuid, $2, 1 from jsonb_array_elements($3::jsonb) x`,
    [searchId, propertyId, JSON.stringify(contacts)],
  );
  const campaignId = await insert(
    `insert into campaigns (search_id, name, settings, time_zone, window_start, window_end, window_days)
     values ($1, 'Industrial', '{}', 'America/Los_Angeles', '09:00', '17:00', '{1,2,3,4,5}')`,
    [searchId],
  );
  return { searchId, propertyId, campaignId };
}

const candidates = (campaignId: string, after = NOBODY, limit = 500) =>
  desk().service.call<Candidate[]>("campaign_candidates", {
    p_campaign_id: campaignId,
    p_after: after,
    p_limit: limit,
  });
const reasons = async (campaignId: string) =>
  new Map((await candidates(campaignId)).map(({ contactId, reason }) => [contactId, reason]));

describe("Who a campaign may mail", () => {
  it("is every contact the search found, twelve thousand as well as twelve", async () => {
    const { campaignId } = await found(await addContacts(desk(), 12_000));
    const seen = new Set<string>();
    for (let after = NOBODY; ; ) {
      const page = await candidates(campaignId, after);
      for (const { contactId, reason } of page) if (reason === null) seen.add(contactId);
      after = page.at(-1)?.contactId ?? after;
      if (page.length < 500) break;
    }
    expect(seen.size).toBe(12_000);
  });

  it("is nobody who said no, bounced, was dropped or cannot be written to, and each has the reason", async () => {
    const company = await addCompany(desk());
    const [a, b, c, d, e, f, g] = await addContacts(desk(), 7);
    const [h] = await addContacts(desk(), 1, { companyId: company });
    const all = [a, b, c, d, e, f, g, h].filter((one): one is Contact => one !== undefined);
    const { campaignId } = await found(all);
    const set = (text: string, id: string | undefined) =>
      desk().service.rows(`update contacts set ${text} where id = $1`, [id ?? null]);
    await insert(
      "insert into email_exclusions (kind, value, reason, source) values ('address', $1, 'x', 'manual')",
      [a?.email ?? ""],
    );
    await set("email = 'x@excluded.test'", b?.id);
    await insert(
      "insert into email_exclusions (kind, value, reason, source) values ('domain', 'excluded.test', 'x', 'manual')",
    );
    await set("do_not_contact_at = now()", c?.id);
    await set("bounced_at = now()", d?.id);
    await set("email = null", e?.id);
    await set("email = 'somebody at home'", f?.id);
    await desk().service.rows("update campaigns set dropped_contact_ids = array[$1::uuid]", [g?.id ?? ""]);
    await desk().service.rows("update companies set do_not_contact_at = now()");
    const why = await reasons(campaignId);
    expect(all.map(({ id }) => why.get(id))).toEqual([
      "address is excluded",
      "domain is excluded",
      "contact is do-not-contact",
      "address bounced",
      "no e-mail address",
      "not an e-mail address",
      "dropped by a person",
      "company is do-not-contact",
    ]);
  });

  it("is not a contact who is in a running campaign, nor one twice under one address", async () => {
    const running = await runCampaign(desk());
    const twins = await addContacts(desk(), 2);
    const sorted = [...twins].sort((x, y) => (x.id < y.id ? -1 : 1));
    for (const [index, { id }] of sorted.entries())
      await desk().service.rows("update contacts set email = $2 where id = $1", [
        id,
        ["ann.lee@gmail.com", "AnnLee+desk@googlemail.com"][index] ?? "",
      ]);
    const { campaignId } = await found([...running.contacts, ...sorted]);
    const why = await reasons(campaignId);
    expect([...running.contacts, ...sorted].map(({ id }) => why.get(id))).toEqual([
      "already in a running campaign",
      null,
      "same address as another contact",
    ]);
  });

  it("waits 30 days about the same property and 14 about another, as the desk has it", async () => {
    const plan = await runCampaign(desk());
    const property = await addProperty();
    await desk().service.rows("update enrollments set status = 'stopped', property_id = $1", [property]);
    const sentDaysAgo = (days: number) =>
      desk().db.query("update sends set sent_at = now() - make_interval(days => $1)", [days]);
    const same = await found(plan.contacts, property);
    const other = await found(plan.contacts);
    const why = async () => [
      ...(await reasons(same.campaignId)).values(),
      ...(await reasons(other.campaignId)).values(),
    ];
    await sentDaysAgo(10);
    expect(await why()).toEqual([
      "mailed about this property in the last 30 days",
      "mailed in the last 14 days",
    ]);
    await sentDaysAgo(20);
    expect(await why()).toEqual(["mailed about this property in the last 30 days", null]);
    await sentDaysAgo(31);
    expect(await why()).toEqual([null, null]);
    await desk().operator.call("update_desk_settings", { p_changes: { cooldown_other_days: 40 } });
    expect(await why()).toEqual([null, "mailed in the last 40 days"]);
  });

  it("is nobody with an open deal, nor anybody at the same company, until it is put away", async () => {
    const company = await addCompany(desk());
    const [one, colleague] = await addContacts(desk(), 2, { companyId: company });
    const [caller] = await addContacts(desk(), 1);
    const { campaignId } = await found([one, colleague, caller].filter((x): x is Contact => x !== undefined));
    const email = await receive(desk(), await addMailbox(desk()), mailFrom(one?.email ?? ""));
    await desk().db.query(
      "update synced_emails set category = 'pricing_given', contact_id = $2, company_id = $3 where id = $1",
      [email, one?.id ?? null, company],
    );
    const task = await insert(
      "insert into tasks (kind, title, due_at, contact_id) values ('call', 'Call', now(), $1)",
      [caller?.id ?? null],
    );
    const why = async () => {
      const all = await reasons(campaignId);
      return [one, colleague, caller].map((contact) => all.get(contact?.id ?? ""));
    };
    expect(await why()).toEqual([
      "open deal with this contact",
      "open deal with the company",
      "open deal with this contact",
    ]);
    await desk().db.query("alter table synced_emails disable trigger user");
    await desk().db.query("update synced_emails set status = 'done'");
    await desk().db.query("alter table synced_emails enable trigger user");
    await desk().db.query("update tasks set status = 'done' where id = $1", [task]);
    expect(await why()).toEqual([null, null, null]);
  });

  it("is nobody that only replaced payloads found; a company's newer property takes the mail over", async () => {
    const company = await addCompany(desk());
    const [gone] = await addContacts(desk(), 1);
    const [kept] = await addContacts(desk(), 1, { companyId: company });
    if (!gone || !kept) throw new Error("no contacts");
    const old = await addProperty();
    const { searchId, campaignId } = await found([gone, kept], old);
    const newer = await addProperty(company);
    const extract = async (property: string, days: number) => {
      const approval = await desk().service.row<{ id: string }>("propose", {
        p_run_key: `search:${searchId}`,
        p_checkpoint: "extraction",
        p_revision: 10 - days,
        p_title: "x",
        p_summary: "x",
        p_proposal: {},
        p_search_id: searchId,
      });
      const id = await insert(
        `insert into extractions (search_id, approval_id, status, created_at)
         values ($1, $2, 'completed', now() - make_interval(days => $3))`,
        [searchId, approval.id, days],
      );
      await desk().service.rows(
        "insert into search_properties (search_id, property_id, extraction_id, payload_position) values ($1, $2, $3, 1)",
        [searchId, property, id],
      );
    };
    await extract(old, 2);
    expect([...(await reasons(campaignId)).values()]).toEqual([null, null]);
    await extract(newer, 1);
    const after = new Map((await candidates(campaignId)).map((one) => [one.contactId, one]));
    expect(after.get(gone.id)?.reason).toBe("found only by payloads that were replaced");
    expect(after.get(kept.id)).toMatchObject({ reason: null, propertyId: newer });
  });
});
