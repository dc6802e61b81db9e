import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import type { MailTransport } from "@/lib/mailbox/transport";
import { accountOn, dataFolder, mailTo } from "./support/account";
import { startImapServer } from "./support/imap-server";
import { startSmtpServer } from "./support/smtp-server";

let smtp: Awaited<ReturnType<typeof startSmtpServer>>;
let imap: Awaited<ReturnType<typeof startImapServer>>;
let transport: MailTransport;
const marks = () => readdirSync(path.join(dataFolder, "handing-over"));

beforeAll(async () => {
  [smtp, imap] = await Promise.all([startSmtpServer(), startImapServer()]);
  const { smtpImapTransport } = await import("@/lib/mailbox/smtp-imap/smtp-imap-transport");
  transport = smtpImapTransport([accountOn(smtp.port, imap.port)]);
});
afterAll(async () => {
  await Promise.all([smtp.close(), imap.close()]);
});

describe("A mail by SMTP", () => {
  test("leaves once over TLS, and the very same bytes are filed in Sent", async () => {
    const mail = mailTo("owner@elm.example");
    const { status, item } = await transport.send(mail);
    expect(status).toBe("submitted");
    expect(item).toMatchObject({ folder: "sent", internetMessageId: `<${mail.key}@oak.example>` });
    expect(smtp.taken).toHaveLength(1);
    expect(smtp.taken[0]).toMatchObject({
      from: "desk@oak.example",
      to: ["owner@elm.example"],
      secure: true,
    });
    expect(imap.messages("Gesendet").map((raw) => raw.trimEnd())).toEqual([smtp.taken[0]?.source.trimEnd()]);
    expect(smtp.taken[0]?.source.toLowerCase()).toContain(`x-outreach-id: ${mail.key}`);
    expect(marks()).toEqual([]);

    const again = await transport.send(mail);
    expect(again).toMatchObject({ status: "already", item: { entryId: item?.entryId } });
    expect(smtp.taken).toHaveLength(1);
    expect(await transport.find(mail.account, mail.key)).toEqual(again.item);
    expect(await transport.find(mail.account, "up-99999999")).toBeNull();
  });

  test("asked for twice at the same moment leaves once", async () => {
    const before = smtp.taken.length;
    const mail = mailTo("owner@elm.example");
    const answers = await Promise.all([transport.send(mail), transport.send(mail), transport.send(mail)]);
    expect(answers.map((one) => one.status).sort()).toEqual(["already", "already", "submitted"]);
    expect(smtp.taken.length - before).toBe(1);
  });

  test("says exactly the words it was given: dots, long lines, other scripts, and no signature", async () => {
    const bodyText = `.\n..two\n.hidden\nFrom here\n\n${"word ".repeat(400)}\nGrüße, 你好 €\n\tend`;
    const mail = mailTo("owner@elm.example", { subject: "Grüße aus Köln: 12 Main St, 你好", bodyText });
    await transport.send(mail);
    const got = await parseMail(Buffer.from(smtp.taken.at(-1)?.source ?? "", "latin1"));
    expect(got.text.replace(/\r\n/g, "\n").trimEnd()).toBe(bodyText);
    expect(got.subject).toBe(mail.subject);
    expect(got.html).toBe("");
    expect(got.from).toMatchObject({ name: "Dana Whitfield", address: "desk@oak.example" });
  });

  test("that follows up names the mails before it, so that the thread holds", async () => {
    const first = mailTo("owner@elm.example");
    const { item: one } = await transport.send(first);
    const second = mailTo("owner@elm.example", { replyToEntryId: one?.entryId });
    const { item: two } = await transport.send(second);
    await transport.send(mailTo("owner@elm.example", { replyToEntryId: two?.entryId }));
    const third = await parseMail(smtp.taken.at(-1)?.source ?? "");
    const ids = [first, second].map(({ key }) => `${key}@oak.example`);
    expect(third.inReplyTo).toContain(ids[1]);
    expect(third.references.map((id) => id.replace(/[<>]/g, ""))).toEqual(ids);
  });

  test("carries the ways to unsubscribe, by one click where that is possible", async () => {
    const mailto = "mailto:desk@oak.example?subject=unsubscribe%20up-1";
    const headersOf = async (url?: string) => {
      await transport.send(mailTo("owner@elm.example", { listUnsubscribe: { mailto, url } }));
      const { headers } = await parseMail(smtp.taken.at(-1)?.source ?? "");
      return headers.filter((one) => one.name.startsWith("list-")).map((one) => one.value);
    };
    const url = "https://desk.example/u/abc";
    expect(await headersOf(url)).toEqual([`<${url}>, <${mailto}>`, "List-Unsubscribe=One-Click"]);
    expect(await headersOf()).toEqual([`<${mailto}>`]);
  });

  test("still names its original when the folder was rebuilt and every number in it changed", async () => {
    const first = mailTo("owner@elm.example");
    const { item } = await transport.send(first);
    imap.folder("Gesendet").uidvalidity += 1;
    await transport.send(mailTo("owner@elm.example", { replyToEntryId: item?.entryId }));
    expect((await parseMail(smtp.taken.at(-1)?.source ?? "")).inReplyTo).toContain(first.key);
  });

  test("whose copy a server filed itself is not filed a second time", async () => {
    const mail = mailTo("owner@elm.example");
    const copies = imap.messages("Gesendet").length;
    // As a server that files what it sends: the copy is there before we look.
    const { composeMail } = await import("@/lib/mailbox/smtp-imap/compose-mail");
    const { fileCopy } = await import("@/lib/mailbox/smtp-imap/file-copy");
    const account = accountOn(smtp.port, imap.port);
    const source = await composeMail(mail, account, null, new Date());
    imap.deliver("Gesendet", source.toString("latin1"), ["\\Seen"]);
    expect(await fileCopy(account, mail.key, source, new Date())).toMatchObject({ folder: "sent" });
    expect(imap.messages("Gesendet")).toHaveLength(copies + 1);
  });

  test("is refused before a word reaches the server when something hides in it", async () => {
    const { smtpImapTransport } = await import("@/lib/mailbox/smtp-imap/smtp-imap-transport");
    const direct = smtpImapTransport([accountOn(smtp.port, imap.port)]);
    const before = smtp.connections();
    for (const bad of [
      { to: "owner@elm.example\r\nBcc: all@x.example" },
      { to: "owner@elm.example> RCPT TO:<all@x.example" },
      { subject: "Hi\r\nBcc: all@x.example" },
      { subject: "Hi\u2028\nX: y" },
      { bodyText: "a\u0000b" },
      { bodyText: "a\rb" },
      { bodyText: "x".repeat(5_000_000) },
      { key: "up-1\r\nX: y" },
      { listUnsubscribe: { mailto: "mailto:a@b.example>\r\nBcc: x@y.example" } },
      { listUnsubscribe: { mailto: "mailto:a@b.example", url: "https://x.example/\nBcc: y" } },
      { listUnsubscribe: { mailto: "mailto:a@b.example", url: "http://x.example/one-click" } },
      { replyToEntryId: "imap1.x\r\ny" },
      { replyToEntryId: "000000001A447390AA6611CD9BC800AA002FC45A" },
    ])
      await expect(
        direct.send(mailTo("owner@elm.example", bad)),
        JSON.stringify(bad).slice(0, 60),
      ).rejects.toMatchObject({ kind: "invalid", certain: true });
    await expect(
      direct.send(mailTo("owner@elm.example", { account: "else@oak.example" })),
    ).rejects.toMatchObject({ kind: "unknown-mailbox", certain: true });
    expect(smtp.connections()).toBe(before);
  });
});
