import { describe, expect, test } from "vitest";
import { callHost, errorOf, resultOf } from "./call-host";
import { HEADER, HRESULT, KEY, newOutlook, received, TAG } from "./fake-outlook";
import { find, SEND } from "./requests";

describe("sending through Outlook", () => {
  test("gives one mail per key, however often it is asked", () => {
    const outlook = newOutlook();
    const first = resultOf(outlook, SEND);
    const again = resultOf(outlook, SEND);
    expect(first.status).toBe("submitted");
    expect(again).toEqual({ status: "already", item: first.item });
    expect(outlook.items).toHaveLength(1);
    expect(outlook.items[0]).toMatchObject({
      subject: SEND.subject,
      body: "a\r\nb\r\nc\td",
      to: "owner@oak.example",
      folder: "sent",
      props: { [KEY]: SEND.idempotencyId },
    });
  });

  test("does not send again what still lies in the Outbox", () => {
    const outlook = newOutlook({ outboxLooks: 1000 });
    expect(resultOf(outlook, SEND).item?.folder).toBe("outbox");
    expect(resultOf(outlook, SEND)).toMatchObject({ status: "already", item: { folder: "outbox" } });
    expect(outlook.items).toHaveLength(1);
  });

  test("waits for the mail to reach Sent Items, where its entry id lasts", () => {
    const outlook = newOutlook({ outboxLooks: 6 });
    const { item } = resultOf(outlook, SEND);
    expect(item).toMatchObject({
      folder: "sent",
      sentAtUtc: "2026-01-01T00:00:00Z",
      entryId: outlook.items[0]?.entryId,
    });
    expect(item?.internetMessageId).toBe(outlook.items[0]?.props[`${TAG}0x1035001F`]);
  });

  test("carries the draft on that a crash left between saving and sending, instead of a second mail", () => {
    const outlook = newOutlook({ busy: 99 });
    expect(errorOf(outlook, SEND).kind).toBe("busy");
    expect(outlook.items).toMatchObject([{ folder: "drafts" }]);
    outlook.busy = 0;
    expect(resultOf(outlook, SEND).status).toBe("submitted");
    expect(outlook.items).toMatchObject([{ folder: "sent" }]);
  });

  test("finds its mail where an account keeps it, and drafts in the profile's main store", () => {
    const outlook = newOutlook({
      accounts: [
        { address: "other@example.com", store: "main" },
        { address: "desk@example.com", store: "second" },
      ],
      busy: 99,
    });
    errorOf(outlook, SEND);
    expect(resultOf(outlook, find()).item?.folder).toBe("drafts");
    outlook.items.push(
      received("elsewhere", 0, { store: "second", folder: "sent", props: { [KEY]: "up-second-store" } }),
    );
    expect(resultOf(outlook, find("up-second-store")).item).toMatchObject({
      folder: "sent",
      entryId: "elsewhere",
    });
    expect(resultOf(outlook, find("up-nobody-sent")).item).toBeNull();
  });

  test("leaves from the account that was asked for", () => {
    const outlook = newOutlook({
      accounts: [
        { address: "first@example.com", store: "main" },
        { address: "desk@example.com", store: "main" },
      ],
    });
    resultOf(outlook, SEND);
    expect(outlook.items[0]?.account).toBe("desk@example.com");
  });

  test("follows up as a reply in the thread, to the address asked for", () => {
    const outlook = newOutlook();
    outlook.items.push(received("I1", Date.UTC(2026, 5, 1)));
    const { item } = resultOf(outlook, { ...SEND, replyToEntryId: "I1" });
    expect(item?.conversationId).toBe("C-I1");
    expect(outlook.items[1]).toMatchObject({ to: "owner@oak.example", subject: SEND.subject });
  });

  test("carries the unsubscribe headers of RFC 2369 and RFC 8058", () => {
    const outlook = newOutlook();
    const by = { mailto: "mailto:desk@example.com?subject=unsubscribe", url: "https://desk.example/u?t=1_a" };
    resultOf(outlook, { ...SEND, listUnsubscribe: by });
    resultOf(outlook, { ...SEND, idempotencyId: "up-second-mail", listUnsubscribe: { mailto: by.mailto } });
    const [both, mailOnly] = outlook.items;
    expect(both?.props).toMatchObject({
      [`${TAG}0x1045001F`]: `<${by.url}>, <${by.mailto}>`,
      [`${HEADER}List-Unsubscribe-Post`]: "List-Unsubscribe=One-Click",
    });
    expect(mailOnly?.props[`${TAG}0x1045001F`]).toBe(`<${by.mailto}>`);
    expect(mailOnly?.props).not.toHaveProperty(`${HEADER}List-Unsubscribe-Post`);
  });

  test.each([
    ["rejects the call", HRESULT.busy],
    ["asks to retry later", HRESULT.retryLater],
  ])("waits while Outlook is busy and %s", (_how, busyCode) => {
    const outlook = newOutlook({ busy: 3, busyCode });
    expect(resultOf(outlook, SEND).status).toBe("submitted");
    expect(outlook.slept).toEqual([200, 400, 600]);
    expect(outlook.items).toHaveLength(1);
  });

  test("waits while Outlook is busy before the mail is even written", () => {
    const outlook = newOutlook({ busySession: 3 });
    expect(resultOf(outlook, SEND).status).toBe("submitted");
    expect(outlook.items).toHaveLength(1);
  });
});

describe("when sending goes wrong", () => {
  test("a mail that lies in Drafts surely did not leave, and the error says so", () => {
    const outlook = newOutlook({ busy: 99 });
    expect(errorOf(outlook, SEND)).toMatchObject({ kind: "busy", notSent: true, hresult: "0x80010001" });
  });

  test("a denied prompt is a matter of sign-in rights, and the mail stays", () => {
    const outlook = newOutlook({ sendThrows: HRESULT.denied });
    expect(errorOf(outlook, SEND)).toMatchObject({
      kind: "auth",
      notSent: true,
      message: expect.stringMatching(/refused programmatic access/),
    });
    expect(outlook.items).toMatchObject([{ folder: "drafts" }]);
  });

  test("a mail that is in Sent Items was sent, whatever the call said afterwards", () => {
    const outlook = newOutlook({ failAfterSend: true });
    expect(resultOf(outlook, SEND)).toMatchObject({ status: "submitted", item: { folder: "sent" } });
  });

  test("a mail that is nowhere after an error stays uncertain", () => {
    const outlook = newOutlook({ failAfterSend: true });
    const sent = () => {
      // The mail went, and a rule moved its copy out of Sent Items at once.
      for (const item of outlook.items) if (item.folder === "sent") item.folder = "archive";
    };
    Object.defineProperty(outlook, "outboxLooks", {
      get: () => {
        sent();
        return 0;
      },
    });
    expect(errorOf(outlook, SEND)).toMatchObject({ kind: "failed", notSent: false });
  });

  test("a mail never leaves from Outlook's default account instead", () => {
    const outlook = newOutlook({
      ignoresAccount: true,
      accounts: [
        { address: "first@example.com", store: "main" },
        { address: "desk@example.com", store: "main" },
      ],
    });
    expect(errorOf(outlook, SEND)).toMatchObject({ kind: "failed", notSent: true });
    expect(outlook.items.filter((item) => item.folder !== "drafts")).toEqual([]);
  });

  test.each([
    ["an account Outlook does not have", { account: "x@other.example" }, "unknown-mailbox"],
    ["a recipient Outlook cannot resolve", { to: ["unknown@oak.example"] }, "rejected"],
    ["an original that is gone", { replyToEntryId: "GONE" }, "invalid"],
  ])("%s is refused before anything leaves", (_what, change, kind) => {
    const outlook = newOutlook();
    expect(errorOf(outlook, { ...SEND, ...change })).toMatchObject({ kind, notSent: true });
    expect(outlook.items.filter((item) => item.folder !== "drafts")).toEqual([]);
  });

  test("recipients that nobody asked for stop the mail", () => {
    const outlook = newOutlook({ addsRecipient: true });
    expect(errorOf(outlook, SEND)).toMatchObject({ kind: "rejected", notSent: true });
    expect(outlook.items).toEqual([]);
  });

  test.each([
    ["no Outlook is installed", { isInstalled: false }],
    ["Outlook is not open", { explorers: 0 }],
  ])("says that it cannot be reached when %s", (_what, change) => {
    for (const request of [SEND, find(), { action: "ping" }])
      expect(errorOf(newOutlook(change), request)).toMatchObject({ kind: "unreachable", notSent: true });
  });

  test("ends with an exit code that fits its answer", () => {
    expect(callHost(newOutlook(), { action: "ping" }).ok).toBe(true);
    expect(callHost(newOutlook(), { action: "fly" }).ok).toBe(false);
  });
});
