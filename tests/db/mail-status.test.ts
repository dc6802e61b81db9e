import { describe, expect, it } from "vitest";
import { sayContactStatus } from "@/lib/contacts/contact-status";
import { addCompany, addContacts } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();

const change = (id: string, set: string) => desk().db.query(`update contacts set ${set} where id = $1`, [id]);
const exclude = (kind: "address" | "domain", value: string) =>
  desk().db.query(
    "insert into email_exclusions (kind, value, reason, source) values ($1, $2, 'r', 'manual')",
    [kind, value],
  );

/** The column the console shows and filters by, beside the words every send is refused with. */
async function asked(id: string) {
  const [row] = await desk().operator.rows<{ key: string; why: string | null }>(
    "select c.mail_status as key, public.why_not_mail(c.id, c.email) as why from contacts c where c.id = $1",
    [id],
  );
  if (!row) throw new Error("the contact is gone");
  return { ...row, words: sayContactStatus(row.key).words };
}

async function oneContact(options: { companyId?: string } = {}) {
  const [contact] = await addContacts(desk(), 1, options);
  if (!contact) throw new Error("no contact was made");
  return contact;
}

describe("Whether a contact can be mailed", () => {
  it("is said with the strongest reason against it, in one order for the list and for every send", async () => {
    const companyId = await addCompany(desk());
    const { id, email } = await oneContact({ companyId });
    expect(await asked(id)).toEqual({ key: "mailable", why: null, words: "Can be mailed" });
    await exclude("domain", "owners.test");
    expect(await asked(id)).toMatchObject({ key: "domain_excluded", why: "domain is excluded" });
    await exclude("address", email);
    expect(await asked(id)).toMatchObject({ key: "address_excluded", why: "address is excluded" });
    await change(id, "bounced_at = now()");
    expect(await asked(id)).toMatchObject({ key: "bounced", why: "address bounced" });
    await change(id, "email = null");
    expect(await asked(id)).toMatchObject({ key: "no_email", why: "no e-mail address" });
    await desk().db.query("update companies set do_not_contact_at = now() where id = $1", [companyId]);
    expect(await asked(id)).toMatchObject({
      key: "company_do_not_contact",
      why: "company is do-not-contact",
    });
    await change(id, "do_not_contact_at = now()");
    expect(await asked(id)).toMatchObject({ key: "do_not_contact", why: "contact is do-not-contact" });
  });

  it("a bounce bars the address it was of, not another one the contact is answered at", async () => {
    const { id, email } = await oneContact();
    await change(id, "bounced_at = now()");
    const why = (to: string) => desk().operator.call("why_not_mail", { p_contact_id: id, p_to: to });
    expect(await why(` ${email.toUpperCase()} `)).toBe("address bounced");
    expect(await why("other@owners.test")).toBeNull();
  });

  it("an address with two @ belongs to the domain after the last one", async () => {
    const { id } = await oneContact();
    await change(id, `email = '"owner@first.test"@Last.test'`);
    await exclude("domain", 'first.test"');
    expect(await asked(id)).toMatchObject({ key: "mailable" });
    await exclude("domain", "last.test");
    expect(await asked(id)).toMatchObject({ key: "domain_excluded", why: "domain is excluded" });
  });

  it("has words for each key the database knows", async () => {
    const [row] = await desk().db.query<{ body: string }>(
      "select pg_get_functiondef('public.mail_bar'::regproc) as body",
    );
    const keys = [...(row?.body ?? "").matchAll(/then '(\w+)'/g)].map((match) => match[1] ?? "");
    expect(keys).toHaveLength(6);
    for (const key of [...keys, "mailable"]) expect(sayContactStatus(key).words).not.toBe("");
  });
});
