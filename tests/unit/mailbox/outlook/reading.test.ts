import { describe, expect, test } from "vitest";
import { errorOf, resultOf, runScript } from "./call-host";
import { HRESULT, KEY, newOutlook, received, sentItem, TAG } from "./fake-outlook";
import { ACCOUNT, list } from "./requests";

const DAY = Date.UTC(2026, 0, 15);
const read = (outlook: ReturnType<typeof newOutlook>, change: object = {}) =>
  resultOf(outlook, list(change)).items;

describe("reading a mailbox", () => {
  test("gives every class of item: mail, non-delivery report, meeting request", () => {
    const outlook = newOutlook();
    outlook.items.push(
      received("mail", DAY, { body: "Call me.", html: "<p>Call me.</p>" }),
      received("report", DAY + 1000, {
        cls: 46,
        messageClass: "REPORT.IPM.Note.NDR",
        body: "\u6162\u6420",
        props: { [`${TAG}0x1000001F`]: "550 5.1.1 nobody@oak.example" },
      }),
      received("meeting", DAY + 2000, {
        cls: 53,
        messageClass: "IPM.Schedule.Meeting.Request",
        body: "Tuesday?",
      }),
    );
    expect(read(outlook)).toMatchObject([
      { kind: "mail", from: "owner@oak.example", bodyText: "Call me.", bodyHtml: "<p>Call me.</p>" },
      { kind: "report", from: null, bodyText: "550 5.1.1 nobody@oak.example", bodyHtml: null },
      {
        kind: "other",
        from: "owner@oak.example",
        bodyText: "Tuesday?",
        messageClass: "IPM.Schedule.Meeting.Request",
      },
    ]);
  });

  test("gives mail without a sender, a subject or a body as just that", () => {
    const outlook = newOutlook();
    outlook.items.push(received("empty", DAY, { from: "", subject: "", body: "", conversationId: "" }));
    expect(read(outlook)).toMatchObject([
      { entryId: "empty", from: null, fromName: null, subject: "", bodyText: "", conversationId: null },
    ]);
  });

  test("gives an encrypted mail without the body it will not show", () => {
    const outlook = newOutlook();
    outlook.items.push(
      received("sealed", DAY, {
        messageClass: "IPM.Note.SMIME",
        throws: { Body: HRESULT.failed, HTMLBody: HRESULT.failed, Attachments: HRESULT.failed },
      }),
      received("next", DAY + 1000),
    );
    expect(read(outlook)).toMatchObject([
      {
        entryId: "sealed",
        subject: "Subject of sealed",
        from: "owner@oak.example",
        bodyText: "",
        attachments: [],
      },
      { entryId: "next", bodyText: "Hello" },
    ]);
  });

  test.each([
    ["denied", HRESULT.denied, "auth"],
    ["gone", HRESULT.disconnected, "unreachable"],
  ])("never stores mail without its body because access is %s: it fails instead", (_how, code, kind) => {
    const outlook = newOutlook();
    outlook.items.push(received("closed", DAY, { throws: { Body: code } }));
    expect(errorOf(outlook, list())).toMatchObject({ kind });
  });

  test("gives the SMTP address of senders inside the organisation", () => {
    const outlook = newOutlook();
    const inside = { from: "/O=EXCH/OU=X/CN=ABC", senderType: "EX" };
    outlook.items.push(
      received("directory", DAY, { ...inside, exchangeSmtp: "boss@corp.example" }),
      received("property", DAY + 1000, { ...inside, props: { [`${TAG}0x5D01001F`]: "anna@corp.example" } }),
      received("removed", DAY + 2000, { ...inside, props: { [`${TAG}0x39FE001F`]: "left@corp.example" } }),
      received("unknown", DAY + 3000, inside),
    );
    expect(read(outlook).map((item) => item.from)).toEqual([
      "boss@corp.example",
      "anna@corp.example",
      "left@corp.example",
      null,
    ]);
  });

  test("gives attachments by name and size, a damaged one too", () => {
    const outlook = newOutlook();
    outlook.items.push(
      received("files", DAY, {
        attachments: [
          { FileName: "rent roll.xlsx", Size: 4096 },
          { FileName: "", Size: -1 },
        ],
      }),
    );
    expect(read(outlook)[0]?.attachments).toEqual([
      { filename: "rent roll.xlsx", sizeBytes: 4096 },
      { filename: "attachment", sizeBytes: 0 },
    ]);
  });

  test("tells mail of ours in Sent Items from mail sent by hand, and whom each went to", () => {
    const outlook = newOutlook();
    outlook.items.push(
      sentItem("ours", DAY, { to: "owner@oak.example", props: { [KEY]: "up-0123456789" } }),
      sentItem("by-hand", DAY + 1000, { to: "a@b.example; c@d.example" }),
    );
    expect(read(outlook, { folder: "sent" })).toMatchObject([
      { entryId: "ours", key: "up-0123456789", to: ["owner@oak.example"] },
      { entryId: "by-hand", key: null, to: ["a@b.example", "c@d.example"] },
    ]);
  });

  test("knows its own key again in the headers of mail that came in", () => {
    const outlook = newOutlook();
    const headers = "Received: from x\r\nX-Outreach-Id: up-0123456789\r\nSubject: Hi";
    outlook.items.push(
      received("back", DAY, { props: { [`${TAG}0x007D001F`]: headers } }),
      received("quoted", DAY + 1000, {
        props: { [`${TAG}0x007D001F`]: "Subject: X-Outreach-Id: up-0123456789" },
      }),
    );
    expect(read(outlook).map((item) => item.key)).toEqual(["up-0123456789", null]);
  });

  test("cuts a body of megabytes instead of failing on it", () => {
    const outlook = newOutlook();
    outlook.items.push(received("huge", DAY, { body: "x".repeat(5_000_000) }));
    expect(read(outlook)[0]?.bodyText).toHaveLength(1_000_000);
  });

  test("ends a page early when its mails are large, and says that there is more", () => {
    const outlook = newOutlook();
    for (let i = 0; i < 30; i++)
      outlook.items.push(received(`m${i}`, DAY + i * 1000, { body: "x".repeat(999_000) }));
    const page = resultOf(outlook, list());
    expect(page.items).toHaveLength(20);
    expect(page.more).toBe(true);
    expect(page.items[0]?.entryId).toBe("m0");
  });

  test("looks at a few dozen items to find its place among 50,000, and jumps over none", () => {
    const outlook = newOutlook();
    for (let i = 0; i < 50_000; i++) outlook.items.push(received(`m${i}`, DAY + i * 1000));
    const sinceUtc = new Date(DAY + 20_000 * 1000).toISOString();
    const page = resultOf(outlook, list({ sinceUtc, limit: 10 }));
    expect(page.items.map((item) => item.entryId)).toEqual(
      Array.from({ length: 10 }, (_, i) => `m${20_000 + i}`),
    );
    expect(page.more).toBe(true);
    expect(outlook.opened).toBeLessThan(40);
  });

  test("gives items without a delivery time no chance to hide the others", () => {
    const outlook = newOutlook();
    const timeless = received("timeless", 0);
    delete timeless.props[`${TAG}0x0E060040`];
    outlook.items.push(timeless, received("new", DAY));
    expect(read(outlook).map((item) => item.entryId)).toEqual(["new"]);
  });

  test("says which Outlook it is, which accounts it has and how it is set", () => {
    expect(resultOf(newOutlook(), { action: "ping" })).toEqual({
      product: "Microsoft Outlook",
      version: "16.0.0.1",
      standIn: false,
      accounts: [ACCOUNT],
      trusted: true,
      offline: false,
      scriptEngine: "5.8",
    });
  });

  test("answers in one line of ASCII JSON", () => {
    const outlook = newOutlook();
    outlook.items.push(
      received("odd", DAY, { subject: 'Über "x" \\ \u2028\r\n😀', body: "\u0000\u001f\u007f" }),
    );
    const { line } = runScript(outlook, JSON.stringify(list()));
    expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(line).result.items[0]).toMatchObject({
      subject: 'Über "x" \\ \u2028\r\n😀',
      bodyText: "\u0000\u001f\u007f",
    });
  });
});
