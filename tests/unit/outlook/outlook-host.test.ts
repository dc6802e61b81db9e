import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { outlookResultSchemas } from "@/lib/mailbox/outlook/contract";
import { callHost, newOutlook, received } from "./fake-outlook";

const MAIL = {
  action: "send",
  account: "desk@example.com",
  idempotencyId: "up-0123456789",
  to: ["owner@oak.example"],
  subject: "Grüße € – “12 Main St”",
  bodyText: "a\nb\r\nc",
};
const ZONE = process.env.TZ;

afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

describe("the Outlook host", () => {
  test("is plain ASCII and ES3, as Windows Script Host reads it", () => {
    const source = readFileSync("lib/mailbox/outlook/outlook-host.js", "utf8");
    expect(source).not.toMatch(/[^\x20-\x7e\n]/);
    expect(source).not.toMatch(/\b(?:const|let|class)\s|=>|`|\bJSON\./);
  });

  test("sends one mail per key, however often it is asked", () => {
    const outlook = newOutlook();
    const first = outlookResultSchemas.send.parse(callHost(outlook, MAIL).result);
    const again = outlookResultSchemas.send.parse(callHost(outlook, MAIL).result);
    expect(first.status).toBe("submitted");
    expect(again).toEqual({ status: "already", item: first.item });
    expect(outlook.items).toHaveLength(1);
    expect(outlook.items[0]).toMatchObject({ subject: MAIL.subject, body: "a\r\nb\r\nc", folder: "sent" });
  });

  test("sends the draft a crash left between saving and sending, not a second mail", () => {
    const outlook = newOutlook();
    outlook.busy = 99;
    expect(callHost(outlook, MAIL).ok).toBe(false);
    expect(outlook.items).toMatchObject([{ folder: "drafts" }]);
    outlook.busy = 0;
    expect(callHost(outlook, MAIL)).toMatchObject({ ok: true, result: { status: "submitted" } });
    expect(outlook.items).toHaveLength(1);
  });

  test("waits while Outlook is busy", () => {
    const outlook = newOutlook();
    outlook.busy = 3;
    expect(callHost(outlook, MAIL).ok).toBe(true);
  });

  test("says when a mail surely did not leave, and never says so once it was handed over", () => {
    const outlook = newOutlook();
    expect(callHost(outlook, { ...MAIL, to: ["nobody"] })).toMatchObject({
      ok: false,
      error: { notSent: true },
    });
    expect(callHost(outlook, { ...MAIL, account: "x@other.example" })).toMatchObject({
      error: { notSent: true },
    });
    expect(callHost(outlook, { ...MAIL, idempotencyId: "x' or 1=1" })).toMatchObject({
      error: { notSent: true },
    });
    outlook.failAfterSend = true;
    expect(callHost(outlook, MAIL)).toMatchObject({ ok: false, error: { notSent: false } });
  });

  test("follows up as a reply in the thread", () => {
    const outlook = newOutlook();
    outlook.items.push(received("I1", Date.UTC(2026, 5, 1)));
    const { item } = outlookResultSchemas.send.parse(
      callHost(outlook, { ...MAIL, replyToEntryId: "I1" }).result,
    );
    expect(item?.conversationId).toBe("C-I1");
  });

  test.each(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])(
    "lists oldest first from an instant on, reports too, whatever the PC's zone (%s)",
    (zone) => {
      process.env.TZ = zone;
      const outlook = newOutlook();
      outlook.items.push(
        received("new", Date.UTC(2026, 6, 1, 10)),
        received("report", Date.UTC(2026, 0, 15, 9, 30, 5), { cls: 46, messageClass: "REPORT.IPM.Note.NDR" }),
        received("too-old", Date.UTC(2026, 0, 15, 9, 30, 4)),
      );
      const request = {
        action: "list",
        account: MAIL.account,
        folder: "inbox",
        sinceUtc: "2026-01-15T09:30:05Z",
      };
      const all = outlookResultSchemas.list.parse(callHost(outlook, { ...request, limit: 10 }).result);
      expect(all.items.map((item) => [item.entryId, item.kind, item.receivedUtc])).toEqual([
        ["report", "report", "2026-01-15T09:30:05Z"],
        ["new", "mail", "2026-07-01T10:00:00Z"],
      ]);
      const page = outlookResultSchemas.list.parse(callHost(outlook, { ...request, limit: 1 }).result);
      expect(page.items.map((item) => item.entryId)).toEqual(["report"]);
      expect(page.more).toBe(true);
    },
  );

  test("says which Outlook it is and which accounts it has", () => {
    expect(outlookResultSchemas.ping.parse(callHost(newOutlook(), { action: "ping" }).result)).toEqual({
      product: "Microsoft Outlook",
      version: "16.0.0.1",
      standIn: false,
      accounts: ["desk@example.com"],
      trusted: true,
    });
  });
});
