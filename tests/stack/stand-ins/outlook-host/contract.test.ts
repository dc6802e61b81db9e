import { describe, expect, it } from "vitest";
import { headerValue } from "@/lib/mail-rules/mail-types";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { KEY_HEADER, outlookRequestSchema } from "@/lib/mailbox/outlook/contract";
import { deliverToInbox } from "@/stack/outlook-host/mail-store";
import { readRequest } from "@/stack/outlook-host/read-request";
import { runHost } from "@/stack/outlook-host/run-host";
import { callHost, DESK, freshStore, sendRequest, since, writeRequest } from "./host-under-test";

describe("the Outlook stand-in", () => {
  it("says that it is a stand-in, and which accounts it has", async () => {
    const ping = await callHost(await freshStore(), { action: "ping" });
    expect(ping).toMatchObject({ product: "Outlook stand-in", standIn: true, accounts: [DESK.address] });
  });

  it("sends real RFC 5322 source that carries the key, and finds it by that key", async () => {
    const store = await freshStore();
    const sent = await callHost(store, sendRequest({ subject: "Größe — 1 Main St", bodyText: "é\n.\n=x " }));
    expect(sent).toMatchObject({ status: "submitted", item: { folder: "sent" } });
    const found = await callHost(store, {
      action: "find",
      account: DESK.address,
      idempotencyId: "send-0001",
    });
    expect(found.item).toEqual(sent.item);
    const list = await callHost(store, {
      action: "list",
      account: DESK.address,
      folder: "sent",
      sinceUtc: since,
      limit: 10,
    });
    const source = list.items[0]?.rawSource ?? "";
    expect(source).toMatch(/^[\r\n\x20-\x7e]+$/);
    expect(Math.max(...source.split("\r\n").map((line) => line.length))).toBeLessThan(100);
    const mail = await parseMail(source);
    expect(mail.problems).toEqual([]);
    expect(mail.subject).toBe("Größe — 1 Main St");
    expect(mail.text.replace(/\r/g, "")).toContain("é\n.\n=x ");
    expect(mail.from).toEqual({ address: DESK.address, name: DESK.displayName });
    expect(mail.messageId).toBe(sent.item?.internetMessageId);
    expect(headerValue(mail, KEY_HEADER.toLowerCase())).toBe("send-0001");
  });

  it("threads a follow-up as Outlook's Reply does", async () => {
    const store = await freshStore();
    const first = await callHost(store, sendRequest());
    const second = await callHost(
      store,
      sendRequest({ idempotencyId: "send-0002", replyToEntryId: first.item?.entryId }),
    );
    const third = await callHost(
      store,
      sendRequest({
        idempotencyId: "send-0003",
        replyToEntryId: second.item?.entryId,
        subject: "Re: 1 Main St",
      }),
    );
    const list = await callHost(store, {
      action: "list",
      account: DESK.address,
      folder: "sent",
      sinceUtc: since,
      limit: 10,
    });
    const [one, two, three] = list.items;
    expect([one?.subject, two?.subject, three?.subject]).toEqual([
      "1 Main St",
      "RE: 1 Main St",
      "Re: 1 Main St",
    ]);
    expect(two?.inReplyTo).toBe(one?.internetMessageId);
    expect(three?.references).toBe(`${one?.internetMessageId} ${two?.internetMessageId}`);
    expect(new Set([one, two, three].map((item) => item?.conversationId)).size).toBe(1);
    expect(third.item?.conversationId).toBe(one?.conversationId);
  });

  it("files an owner's answer in the conversation it answers", async () => {
    const store = await freshStore();
    const sent = await callHost(store, sendRequest());
    await deliverToInbox(store, DESK, {
      from: { address: "owner@holdings.example", name: "Owner" },
      subject: "Re: 1 Main St",
      text: "Call me.",
      inReplyTo: sent.item?.internetMessageId ?? "",
    });
    const list = await callHost(store, {
      action: "list",
      account: DESK.address,
      folder: "inbox",
      sinceUtc: since,
      limit: 10,
    });
    expect(list.items).toHaveLength(1);
    expect(list.items[0]).toMatchObject({
      kind: "mail",
      conversationId: sent.item?.conversationId,
      inReplyTo: sent.item?.internetMessageId,
      from: "owner@holdings.example",
    });
  });

  it("lists oldest first from an instant on, and says when there is more", async () => {
    const store = await freshStore();
    const start = Date.UTC(2026, 0, 15, 9, 30);
    for (const minute of [3, 1, 2, 0]) {
      await deliverToInbox(
        store,
        DESK,
        { from: { address: "a@b.example" }, subject: `minute ${minute}`, text: "x" },
        { nowMs: start + minute * 60_000 },
      );
    }
    const list = await callHost(store, {
      action: "list",
      account: DESK.address,
      folder: "inbox",
      sinceUtc: "2026-01-15T09:31:00Z",
      limit: 2,
    });
    expect(list.items.map((item) => item.subject)).toEqual(["minute 1", "minute 2"]);
    expect(list.more).toBe(true);
  });

  it.each([
    ["an account that is not there", { ...sendRequest(), account: "x@y.example" }, /not in this Outlook/],
    ["a recipient nobody knows", sendRequest({ to: ["nobody"] }), /does not recognize one or more names/],
    ["an original that is gone", sendRequest({ replyToEntryId: "ABC" }), /cannot be found/],
    ["a key that could break a filter", sendRequest({ idempotencyId: "x' or 1=1" }), /idempotencyId/],
    ["an action nobody defined", { action: "delete" }, /action/],
  ])("refuses %s with exit code 1 and an error", async (_what, request, message) => {
    const store = await freshStore();
    const run = await runHost([await writeRequest(request)], { OUTLOOK_STANDIN_DATA: store.dir });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.line)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(message), hresult: expect.stringMatching(/^0x[0-9a-f]{8}$/) },
    });
  });

  it("says which variable is missing", async () => {
    const run = await runHost([await writeRequest({ action: "ping" })], {});
    expect(run.exitCode).toBe(1);
    expect(run.line).toContain("OUTLOOK_STANDIN_DATA is not set");
  });

  it("reads requests as the contract's schema does", () => {
    const requests = [
      { action: "ping" },
      { action: "find", account: DESK.address, idempotencyId: "send-0001" },
      sendRequest(),
      sendRequest({ replyToEntryId: "X" }),
      { action: "list", account: DESK.address, folder: "junk", sinceUtc: since, limit: 500 },
    ];
    for (const request of requests) {
      expect(readRequest(JSON.stringify(request))).toEqual(outlookRequestSchema.parse(request));
    }
    const wrong = [
      sendRequest({ to: [] }),
      sendRequest({ subject: 1 }),
      { action: "list", account: DESK.address, folder: "outbox", sinceUtc: since, limit: 5 },
      { action: "list", account: DESK.address, folder: "inbox", sinceUtc: "yesterday", limit: 5 },
      { action: "list", account: DESK.address, folder: "inbox", sinceUtc: since, limit: 501 },
    ];
    for (const request of wrong) {
      expect(outlookRequestSchema.safeParse(request).success).toBe(false);
      expect(() => readRequest(JSON.stringify(request))).toThrow();
    }
  });
});
