import { describe, expect, it } from "vitest";
import type { Desk } from "./support/desk";
import { NOON, runCampaign } from "./support/make-campaign";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const A = "http://pc-a.test:3000";
const B = "http://pc-b.test:3000";
const report = (name: string, ...addresses: string[]) => ({
  name,
  version: "1.0.0",
  clockOffsetMs: 12,
  mailboxes: addresses.map((address) => ({
    address,
    transport: "outlook",
    product: "Outlook",
    version: "16",
  })),
});
const register = (desk: Desk, url: string | null, said: object) =>
  desk.service.call<{ owned: string[]; elsewhere: string[] }>("register_relay", {
    p_url: url,
    p_report: said,
  });
const relayUrlOf = async (desk: Desk, address: string) => {
  const [row] = await desk.db.query<{ relay_url: string | null }>(
    "select relay_url from mailboxes where address = $1",
    [address],
  );
  return row?.relay_url;
};
const idOf = async (desk: Desk, table: string, column: string, value: string) => {
  const [row] = await desk.db.query<{ id: string }>(`select id from ${table} where ${column} = $1`, [value]);
  if (!row) throw new Error(`no ${value}`);
  return row.id;
};

describe("Relays", () => {
  const desk = openDesk();

  it("bring their mailboxes with them, and are seen each time they report", async () => {
    expect(await register(desk(), A, report("PC-A", "Dana@desk.test", "lee@desk.test"))).toEqual({
      owned: ["dana@desk.test", "lee@desk.test"],
      elsewhere: [],
    });
    const [relay] = await desk().operator.rows(
      "select url, name, version, clock_offset_ms::int as offset, last_seen_at is not null as seen from relays",
    );
    expect(relay).toEqual({ url: A, name: "PC-A", version: "1.0.0", offset: 12, seen: true });
    const [mailbox] = await desk().operator.rows(
      "select relay_url, host_product, last_seen_at is not null as seen from mailboxes where address = 'dana@desk.test'",
    );
    expect(mailbox).toEqual({ relay_url: A, host_product: "Outlook", seen: true });
  });

  it("never take a mailbox from another relay: both are shown, and a person moves it with one click", async () => {
    await register(desk(), A, report("PC-A", "dana@desk.test"));
    expect(await register(desk(), B, report("PC-B", "dana@desk.test"))).toEqual({
      owned: [],
      elsewhere: ["dana@desk.test"],
    });
    expect(await register(desk(), null, report("here", "dana@desk.test"))).toMatchObject({ owned: [] });
    expect(await relayUrlOf(desk(), "dana@desk.test")).toBe(A);
    const args = {
      p_mailbox_id: await idOf(desk(), "mailboxes", "address", "dana@desk.test"),
      p_relay_id: await idOf(desk(), "relays", "url", B),
    };
    expect(await desk().operator.call("move_mailbox", args)).toBe(true);
    expect(await desk().operator.call("move_mailbox", args)).toBe(false);
    expect(await relayUrlOf(desk(), "dana@desk.test")).toBe(B);
    await register(desk(), A, report("PC-A", "dana@desk.test"));
    expect(await relayUrlOf(desk(), "dana@desk.test")).toBe(B);
    const audit = await desk().db.query("select actor, action, before, after from audit_log");
    expect(audit).toEqual([
      { actor: desk().operatorName, action: "mailbox.moved", before: { relay: A }, after: { relay: B } },
    ]);
  });

  it("that report the same new mailbox at once, from 12 machines, end with one owner all of them name", async () => {
    const answers = await together(desk().service, 12, (session, index) =>
      session.call<{ owned: string[] }>("register_relay", {
        p_url: `http://pc-${index}.test`,
        p_report: report(`PC-${index}`, "b@desk.test", "a@desk.test"),
      }),
    );
    expect(answers.filter((one) => one.owned.includes("a@desk.test"))).toHaveLength(1);
    expect(answers.filter((one) => one.owned.includes("b@desk.test"))).toHaveLength(1);
    expect(await desk().db.query("select 1 from relay_mailboxes")).toHaveLength(24);
  });

  it("keep a mailbox they stop showing; only the claim of a second relay ends with it", async () => {
    await register(desk(), A, report("PC-A", "dana@desk.test"));
    await register(desk(), B, report("PC-B", "dana@desk.test"));
    await register(desk(), A, report("PC-A"));
    await register(desk(), B, report("PC-B"));
    expect(await relayUrlOf(desk(), "dana@desk.test")).toBe(A);
    expect(await desk().db.query("select 1 from relay_mailboxes where present")).toEqual([]);
    await expect(
      desk().operator.call("move_mailbox", {
        p_mailbox_id: await idOf(desk(), "mailboxes", "address", "dana@desk.test"),
        p_relay_id: await idOf(desk(), "relays", "url", B),
      }),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("do not lose a mailbox while one of its mails is being handed over", async () => {
    const plan = await runCampaign(desk(), { dueAt: NOON });
    const [mailbox] = await desk().db.query<{ address: string }>(
      "select address from mailboxes where id = $1",
      [plan.mailboxes[0] ?? ""],
    );
    await register(desk(), null, report("here", mailbox?.address ?? ""));
    await register(desk(), B, report("PC-B", mailbox?.address ?? ""));
    await desk().db.query("update sends set status = 'sending', handed_at = now()");
    const args = { p_mailbox_id: plan.mailboxes[0], p_relay_id: await idOf(desk(), "relays", "url", B) };
    await expect(desk().operator.call("move_mailbox", args)).rejects.toMatchObject({
      code: "23514",
      message: expect.stringContaining("being handed over"),
    });
    await desk().db.query("update sends set status = 'sent'");
    expect(await desk().operator.call("move_mailbox", args)).toBe(true);
  });

  it("that were refused are shown with the reason until they are let in", async () => {
    const note = {
      p_url: B,
      p_problem: "The caller's clock is 9 minutes ahead.",
      p_clock_offset_ms: 540_000,
    };
    await desk().service.call("note_relay_problem", note);
    const look = () => desk().operator.rows("select problem, last_seen_at is null as unseen from relays");
    expect(await look()).toEqual([{ problem: note.p_problem, unseen: true }]);
    await register(desk(), B, report("PC-B"));
    expect(await look()).toEqual([{ problem: null, unseen: false }]);
  });

  it("leave the list when a person says so, and never while a mailbox sends through them", async () => {
    await register(desk(), A, report("PC-A", "dana@desk.test"));
    await register(desk(), B, report("PC-B", "dana@desk.test"));
    const forget = async (url: string) =>
      desk().operator.call("forget_relay", { p_relay_id: await idOf(desk(), "relays", "url", url) });
    await expect(forget(A)).rejects.toMatchObject({ code: "23514" });
    expect(await forget(B)).toBe(true);
    expect(await desk().db.query("select url from relays")).toEqual([{ url: A }]);
    expect(await desk().db.query("select action from audit_log")).toEqual([{ action: "relay.forgotten" }]);
  });

  it("are written by the product alone, and moved by operators alone", async () => {
    await expect(
      desk().operator.call("register_relay", { p_url: B, p_report: report("PC-B") }),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(
      desk().stranger.call("move_mailbox", {
        p_mailbox_id: "00000000-0000-0000-0000-000000000000",
        p_relay_id: "00000000-0000-0000-0000-000000000000",
      }),
    ).rejects.toMatchObject({ code: "42501" });
  });
});
