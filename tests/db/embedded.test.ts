import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPglite } from "@/stack/postgres/open-pglite";
import { createDesk, type Desk } from "./support/desk";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive, reserve, route, sendNext } from "./support/make-mail";
import { prepareDatabase } from "./support/prepare-database";

let folder: string;
let desk: Desk;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-embedded-"));
  const db = await openPglite(path.join(folder, "data"));
  await prepareDatabase(db);
  desk = await createDesk(db);
});
afterAll(async () => {
  await desk?.db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("The embedded database", () => {
  it("takes one contact from plan to mail to reply as a server does", async () => {
    const { contacts, mailboxes } = await runCampaign(desk, { steps: 3 });
    const [contact] = contacts;
    if (!contact) throw new Error("no contact");
    await sendNext(desk, mailboxes[0], NOON);
    const away = await receive(desk, mailboxes[0], mailFrom(contact));
    expect((await reserve(desk.service, mailboxes[0], minutesAfter(NOON, 14 * 1440))).outcome).toBe("wait");
    await route(desk.service, away, "out_of_office", { resumeAt: minutesAfter(NOON, 1440) });
    expect(await desk.service.call("resume_rested", { p_now: minutesAfter(NOON, 1441) })).toBe(1);
    const second = await sendNext(desk, mailboxes[0], minutesAfter(NOON, 14 * 1440));
    expect(second.id).toBeTruthy();
    const no = await receive(desk, mailboxes[0], mailFrom(contact));
    await route(desk.service, no, "opt_out");
    expect(await desk.operator.rows("select value from email_exclusions")).toEqual([
      { value: contact.email },
    ]);
    expect((await reserve(desk.service, mailboxes[0], minutesAfter(NOON, 30 * 1440))).outcome).toBe("wait");
  });

  it("refuses what a server refuses", async () => {
    await expect(desk.db.query("delete from audit_log")).rejects.toMatchObject({ code: "42501" });
    await expect(
      desk.db.query("update checkpoint_settings set mode = 'auto' where checkpoint = 'extraction'"),
    ).rejects.toMatchObject({ code: "23514" });
    expect(await desk.stranger.rows("select id from contacts")).toEqual([]);
    await expect(desk.anon.rows("select id from contacts")).rejects.toMatchObject({ code: "42501" });
  });
});
