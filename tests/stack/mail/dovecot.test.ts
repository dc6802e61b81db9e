import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import type { MailTransport } from "@/lib/mailbox/transport";
import { accountOn, mailTo } from "./support/account";
import { findDovecot, startDovecot } from "./support/dovecot";
import { startSmtpServer } from "./support/smtp-server";

const program = findDovecot();

describe.skipIf(!program)("With Dovecot as the mailbox", () => {
  let dovecot: Awaited<ReturnType<typeof startDovecot>>;
  let smtp: Awaited<ReturnType<typeof startSmtpServer>>;
  let transport: MailTransport;
  const since = new Date(Date.now() - 60_000).toISOString();

  beforeAll(async () => {
    [dovecot, smtp] = await Promise.all([startDovecot(program ?? ""), startSmtpServer("starttls")]);
    const { smtpImapTransport } = await import("@/lib/mailbox/smtp-imap/smtp-imap-transport");
    const server = { host: "127.0.0.1", port: smtp.port, security: "starttls" } as const;
    transport = smtpImapTransport([accountOn(0, dovecot.imapPort, { smtp: server })]);
  });
  afterAll(async () => {
    await smtp?.close();
    await dovecot?.stop();
  });

  /** Mail from outside, as a mail server hands it to Dovecot. */
  async function deliver(raw: string): Promise<void> {
    const lmtp = createTransport({
      host: "127.0.0.1",
      port: dovecot.lmtpPort,
      lmtp: true,
      secure: false,
      ignoreTLS: true,
    });
    await lmtp.sendMail({ envelope: { from: "olga@elm.example", to: "desk@oak.example" }, raw });
    lmtp.close();
  }

  test("a mail leaves once, is filed in Sent, found by its key, answered by push, and followed up in its thread", async () => {
    const first = mailTo("olga@elm.example");
    const sent = await transport.send(first);
    expect(sent).toMatchObject({ status: "submitted", item: { folder: "sent" } });
    expect(smtp.taken).toHaveLength(1);
    expect(smtp.taken[0]?.secure).toBe(true);
    expect(await transport.find(first.account, first.key)).toMatchObject({ entryId: sent.item?.entryId });
    expect((await transport.send(first)).status).toBe("already");
    expect(smtp.taken).toHaveLength(1);
    const filed = await transport.list(first.account, "sent", since, 10);
    expect(filed.items.map((item) => [item.internetMessageId, item.key])).toEqual([
      [`<${first.key}@oak.example>`, first.key],
    ]);

    const told = vi.fn();
    const stop = transport.watch?.(first.account, told);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), { timeout: 5000 });
    await deliver(
      `From: Olga <olga@elm.example>\r\nTo: desk@oak.example\r\nSubject: Re: 12 Main St\r\nMessage-ID: <answer@elm.example>\r\nIn-Reply-To: <${first.key}@oak.example>\r\n\r\n$2.4M and it is yours.\r\n`,
    );
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2), { timeout: 5000, interval: 10 });
    stop?.();

    const { items } = await transport.list(first.account, "inbox", since, 10);
    expect(items).toMatchObject([
      {
        from: "olga@elm.example",
        inReplyTo: `<${first.key}@oak.example>`,
        internetMessageId: "<answer@elm.example>",
      },
    ]);
    const reply = mailTo("olga@elm.example", { replyToEntryId: items[0]?.entryId });
    await transport.send(reply);
    const written = await parseMail(smtp.taken.at(-1)?.source ?? "");
    expect(written.inReplyTo).toContain("answer@elm.example");
    expect(written.references.join(" ")).toContain(`${first.key}@oak.example`);
  });

  test("a wrong password is told apart from a mailbox that is away", async () => {
    const { smtpImapTransport } = await import("@/lib/mailbox/smtp-imap/smtp-imap-transport");
    const wrong = smtpImapTransport([accountOn(smtp.port, dovecot.imapPort, { password: "wrong" })]);
    await expect(wrong.list("desk@oak.example", "inbox", since, 1)).rejects.toMatchObject({ kind: "auth" });
  });
});
