import { afterEach, describe, expect, test } from "vitest";
import type { MailTransport } from "@/lib/mailbox/transport";
import { readItem } from "@/lib/replies/read-item";
import { accountOn } from "./support/account";
import { type Message, startImapServer } from "./support/imap-server";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.close()));
});

async function open(options: Parameters<typeof startImapServer>[0]) {
  const imap = await startImapServer(options);
  servers.push(imap);
  const { smtpImapTransport } = await import("@/lib/mailbox/smtp-imap/smtp-imap-transport");
  const transport: MailTransport = smtpImapTransport([accountOn(1, imap.port)]);
  return { imap, transport };
}

const ACCOUNT = "desk@oak.example";
const arrived = (name: string, time: string, more = "", body = "Hello"): Message => ({
  raw: `From: Olga <olga@elm.example>\r\nTo: ${ACCOUNT}\r\nSubject: ${name}\r\nMessage-ID: <${name}@elm.example>\r\n${more}\r\n${body}\r\n`,
  internaldate: `02-Nov-2026 ${time} +0000`,
});

describe("An inbox by IMAP", () => {
  test("is read from an instant on, oldest first, page by page, without a gap", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `m${index}`);
    const inbox = names.map((name, index) => arrived(name, `10:0${index}:00`));
    const { transport } = await open({ inbox: [...inbox.slice(4), ...inbox.slice(0, 4)] });
    const page = await transport.list(ACCOUNT, "inbox", "2026-11-02T10:02:00Z", 3);
    expect(page.items.map((item) => item.subject)).toEqual(["m2", "m3", "m4"]);
    expect(page.more).toBe(true);
    const next = await transport.list(ACCOUNT, "inbox", page.items.at(-1)?.receivedUtc ?? "", 50);
    expect(next.items.map((item) => item.subject)).toEqual(["m4", "m5", "m6"]);
    expect(next.more).toBe(false);
    expect(await transport.list(ACCOUNT, "inbox", "2026-11-02T10:06:00.900Z", 50)).toMatchObject({
      items: [{ subject: "m6" }],
    });
    expect((await transport.list(ACCOUNT, "inbox", "2026-11-03T10:00:00Z", 50)).items).toEqual([]);
  });

  test("gives every mail as the desk reads it: source, headers, sender, attachments by name and size", async () => {
    const file = [
      "--b",
      "Content-Type: text/plain",
      "",
      "We want $2.4M.",
      "--b",
      'Content-Type: application/pdf; name="rent roll.pdf"',
      'Content-Disposition: attachment; filename="rent roll.pdf"',
      "Content-Transfer-Encoding: base64",
      "",
      "JVBERi0xLjQK",
      "--b--",
    ].join("\r\n");
    const more =
      "In-Reply-To: <up-1@oak.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
    const { transport } = await open({ inbox: [arrived("offer", "10:00:00", more, file)] });
    const { items } = await transport.list(ACCOUNT, "inbox", "2026-11-01T00:00:00Z", 50);
    expect(items).toHaveLength(1);
    const [item] = items;
    if (!item) throw new Error("no item");
    expect(item).toMatchObject({
      kind: "mail",
      from: "olga@elm.example",
      fromName: "Olga",
      to: [ACCOUNT],
      receivedUtc: "2026-11-02T10:00:00.000Z",
      internetMessageId: "<offer@elm.example>",
      inReplyTo: "<up-1@oak.example>",
    });
    expect(item.attachments).toEqual([{ filename: "rent roll.pdf", sizeBytes: expect.any(Number) }]);
    expect(item.headers).toContain("Subject: offer");
    const { mail } = await readItem(item, new Set());
    expect(mail.text.trim()).toBe("We want $2.4M.");
    expect(mail.attachments).toMatchObject([{ filename: "rent roll.pdf" }]);
  });

  test("keeps the words of a mail in an old character set", async () => {
    const raw = Buffer.from(
      "From: olga@elm.example\r\nSubject: x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe aus K\u00f6ln\r\n",
      "latin1",
    );
    const { readMessage } = await import("@/lib/mailbox/smtp-imap/read-message");
    const item = await readMessage({ seq: 1, uid: 1, source: raw, size: raw.length }, "INBOX", "1");
    expect((await readItem(item, new Set())).mail.text.trim()).toBe("Grüße aus Köln");
  });

  test("never takes more than half a megabyte of one mail, and cuts no character in two", async () => {
    const line = `${"ü".repeat(70)}\r\n`;
    const { readMessage, MAX_SOURCE_BYTES } = await import("@/lib/mailbox/smtp-imap/read-message");
    const whole = Buffer.from(`Subject: big\r\n\r\n${line.repeat(5000)}`);
    const source = whole.subarray(0, MAX_SOURCE_BYTES);
    const item = await readMessage({ seq: 1, uid: 1, source, size: whole.length }, "INBOX", "1");
    expect(item.rawSource?.endsWith(line)).toBe(true);
    expect(item.rawSource?.length).toBeLessThanOrEqual(MAX_SOURCE_BYTES);
  });

  test("a rebuilt folder gives new entry ids, and the same Message-IDs to know the mails by", async () => {
    const { imap, transport } = await open({ inbox: [arrived("m", "10:00:00")] });
    const list = () => transport.list(ACCOUNT, "inbox", "2026-11-01T00:00:00Z", 50);
    const [before] = (await list()).items;
    imap.folder("INBOX").uidvalidity += 1;
    const [after] = (await list()).items;
    expect(after?.entryId).not.toBe(before?.entryId);
    expect(after?.internetMessageId).toBe(before?.internetMessageId);
  });
});

describe("Folders", () => {
  test("are found by what the server says they are for", async () => {
    const { imap, transport } = await open({});
    imap.deliver("Werbung", arrived("spam", "10:00:00").raw);
    const { items } = await transport.list(ACCOUNT, "junk", "2020-01-01T00:00:00Z", 50);
    expect(items.map((item) => item.subject)).toEqual(["spam"]);
  });

  test("are found by their names where the server says nothing", async () => {
    const { imap, transport } = await open({
      plugins: ["IDLE"],
      folders: { "Sent Items": {}, Drafts: {}, Spam: {} },
    });
    imap.deliver("Sent Items", arrived("by hand", "10:00:00").raw);
    const { items } = await transport.list(ACCOUNT, "sent", "2020-01-01T00:00:00Z", 50);
    expect(items.map((item) => item.subject)).toEqual(["by hand"]);
  });

  test("that do not exist hold nothing", async () => {
    const { transport } = await open({ folders: {} });
    expect(await transport.list(ACCOUNT, "junk", "2020-01-01T00:00:00Z", 50)).toEqual({
      items: [],
      more: false,
    });
  });
});
