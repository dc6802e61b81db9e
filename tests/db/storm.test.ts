import { describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { ingest, mailFrom, reserve, route } from "./support/make-mail";
import { addCompany, addContacts, addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const ROUNDS = 40;

/** Numbers that look random and are the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe("A busy hour: mails leave, replies arrive, people press buttons, all at once", () => {
  it("ends without a deadlock, a mail to someone who wrote, a mail twice, or a limit passed", async () => {
    const { service, operator, db } = desk();
    const company = await addCompany(desk());
    const contacts = [
      ...(await addContacts(desk(), 60)),
      ...(await addContacts(desk(), 20, { companyId: company })),
    ];
    const mailboxes = [await addMailbox(desk()), await addMailbox(desk()), await addMailbox(desk())];
    const half = contacts.length / 2;
    const campaigns = [
      await runCampaign(desk(), { contacts: contacts.slice(0, half), mailboxes, steps: 3, gaps: [0, 0, 0] }),
      await runCampaign(desk(), { contacts: contacts.slice(half), mailboxes, steps: 3, gaps: [0, 0, 0] }),
    ];
    await operator.call("update_desk_settings", { p_changes: { hourly_limit: 60 } });

    const failures: string[] = [];
    const reserved: string[] = [];
    const wrote = new Map<string, number>();
    const late: string[] = [];
    const pick = <T>(from: readonly T[], next: () => number): T =>
      from[Math.floor(next() * from.length)] as T;

    const send = async (next: () => number, round: number) => {
      const started = performance.now();
      const { send: mail } = await reserve(service, pick(mailboxes, next), minutesAfter(NOON, round));
      if (!mail) return;
      const address = wrote.get(mail.to);
      if (address !== undefined && address < started && mail.kind === "sequence") late.push(mail.to);
      reserved.push(mail.id);
      const fate = pick(["sent", "sent", "sent", "uncertain", "scheduled"], next);
      await service.call("record_send", { p_id: mail.id, p_to: fate });
      if (fate === "scheduled") reserved.splice(reserved.indexOf(mail.id), 1);
    };
    const reply = async (next: () => number) => {
      const contact: Contact = pick(contacts, next);
      const { id } = await ingest(service, pick(mailboxes, next), mailFrom(contact));
      wrote.set(contact.email, performance.now());
      if (!id || next() < 0.3) return;
      const category = pick(["opt_out", "hard_pass", "soft_pass", "interested", "bounce"], next);
      const bounce = { verdict: "hard", failedRecipients: [contact.email] };
      await route(service, id, category, category === "bounce" ? { bounce } : {});
    };
    const press = async (next: () => number) => {
      const campaign = pick(campaigns, next).campaignId;
      const move = (to: string) => operator.call("set_campaign_status", { p_id: campaign, p_to: to });
      const mailbox = { p_id: pick(mailboxes, next) };
      const buttons = [
        () => move("paused").then(() => move("active")),
        () => operator.call("set_kill_switch", { p_pulled: true, p_reason: "look" }),
        () => operator.call("set_kill_switch", { p_pulled: false, p_reason: null }),
        () => operator.call("set_mailbox_status", { ...mailbox, p_to: "paused" }),
        () => operator.call("set_mailbox_status", { ...mailbox, p_to: "active" }),
        () => service.call("resume_rested", { p_now: minutesAfter(NOON, 100) }),
        () => service.call("close_finished_campaigns"),
      ];
      await pick(buttons, next)();
    };

    await Promise.all(
      Array.from({ length: 12 }, async (_, worker) => {
        const next = numbersFrom(worker + 1);
        for (let round = 0; round < ROUNDS; round++) {
          const act = worker < 7 ? send : worker < 10 ? reply : press;
          // Two people may press opposite buttons: a refused move is an answer, a deadlock is not.
          await act(next, round).catch((error: { code?: string; message: string }) => {
            if (error.code !== "23514") failures.push(`${error.code} ${error.message}`);
          });
        }
      }),
    );

    expect(failures).toEqual([]);
    expect(late).toEqual([]);
    expect(new Set(reserved).size).toBe(reserved.length);
    expect(reserved.length).toBeGreaterThan(5);
    const [ledger] = await db.query<{ n: number }>(
      "select count(*)::int as n from sends where handed_at is not null",
    );
    expect(ledger?.n).toBeLessThanOrEqual(60);
    const wrong = await db.query(
      `select s.id from sends s join enrollments n on n.id = s.enrollment_id
        where n.status = 'stopped' and s.status = 'scheduled' and s.attempts = 0`,
    );
    expect(wrong).toEqual([]);
  });
});
