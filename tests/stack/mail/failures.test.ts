import { existsSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { MailTransport } from "@/lib/mailbox/transport";
import { accountOn, dataFolder, mailTo } from "./support/account";
import { startImapServer } from "./support/imap-server";
import { startSmtpServer } from "./support/smtp-server";

let smtp: Awaited<ReturnType<typeof startSmtpServer>>;
let imap: Awaited<ReturnType<typeof startImapServer>>;
let transport: MailTransport;
let open: (change: Parameters<typeof accountOn>[2]) => MailTransport;
const handingOver = path.join(dataFolder, "handing-over");
const isMarked = (key: string) => existsSync(path.join(handingOver, `${key}.json`));

beforeAll(async () => {
  [smtp, imap] = await Promise.all([startSmtpServer(), startImapServer()]);
  const { smtpImapTransport } = await import("@/lib/mailbox/smtp-imap/smtp-imap-transport");
  open = (change) => smtpImapTransport([accountOn(smtp.port, imap.port, change)], 400);
  transport = open({});
});
afterEach(() => {
  for (const name of Object.keys(smtp.faults)) delete smtp.faults[name as keyof typeof smtp.faults];
});
afterAll(async () => {
  await Promise.all([smtp.close(), imap.close()]);
});

describe("A mail that surely did not leave says so, and what kind of trouble it was", () => {
  test.each([
    ["an address that does not exist", { rcptTo: { code: 550, text: "5.1.1 no such user" } }, "rejected"],
    ["a greylisted address", { rcptTo: { code: 450, text: "4.2.0 try later" } }, "busy"],
    ["a full mailbox", { rcptTo: { code: 452, text: "4.2.2 over quota" } }, "busy"],
    ["more than the server takes an hour", { mailFrom: { code: 451, text: "4.7.1 rate exceeded" } }, "rate"],
    ["Gmail's daily limit", { data: { code: 550, text: "5.4.5 Daily user sending quota exceeded" } }, "rate"],
    ["a sender the account may not use", { mailFrom: { code: 553, text: "5.7.1 not owned" } }, "auth"],
    ["a policy that refuses the mail", { data: { code: 554, text: "5.7.1 message refused" } }, "rejected"],
    ["a server that puts the mail off", { data: { code: 451, text: "4.3.0 try again" } }, "busy"],
    ["a wrong password", { auth: 535 }, "auth"],
    ["a sign-in that is down for now", { auth: 454 }, "busy"],
  ] as const)("%s", async (_what, faults, kind) => {
    Object.assign(smtp.faults, faults);
    const mail = mailTo("owner@elm.example");
    await expect(transport.send(mail)).rejects.toMatchObject({ name: "MailboxError", kind, certain: true });
    expect(isMarked(mail.key)).toBe(false);
    for (const name of Object.keys(faults)) delete smtp.faults[name as keyof typeof smtp.faults];
    expect((await transport.send(mail)).status).toBe("submitted");
  });

  test("a wrong password at the mailbox", async () => {
    await expect(open({ password: "wrong" }).send(mailTo("owner@elm.example"))).rejects.toMatchObject({
      kind: "auth",
      certain: true,
    });
  });

  test("a server that is not there", async () => {
    const gone = { host: "127.0.0.1", port: 1, security: "tls" } as const;
    for (const change of [{ smtp: gone }, { imap: gone }])
      await expect(open(change).send(mailTo("owner@elm.example"))).rejects.toMatchObject({
        kind: "unreachable",
        certain: true,
      });
  });

  test("a server that nobody vouches for", async () => {
    const before = smtp.taken.length;
    await expect(open({ ca: undefined }).send(mailTo("owner@elm.example"))).rejects.toMatchObject({
      kind: "unreachable",
      certain: true,
    });
    expect(smtp.taken).toHaveLength(before);
  });

  test("a server that offers no TLS: the password is not said", async () => {
    const bare = await startSmtpServer("none");
    const server = { host: "127.0.0.1", port: bare.port, security: "starttls" } as const;
    await expect(open({ smtp: server }).send(mailTo("owner@elm.example"))).rejects.toMatchObject({
      certain: true,
    });
    expect(bare.taken).toEqual([]);
    await bare.close();
  });

  test.skipIf(!existsSync("/dev/full"))("a disk that is full: nothing is handed over", async () => {
    const before = smtp.taken.length;
    const mail = mailTo("owner@elm.example");
    // The note of this mail goes to a device that has no room, ever.
    symlinkSync("/dev/full", path.join(handingOver, `${mail.key}.json.new`));
    await expect(transport.send(mail)).rejects.toMatchObject({
      kind: "busy",
      certain: true,
      message: expect.stringContaining("the disk is full"),
    });
    rmSync(path.join(handingOver, `${mail.key}.json.new`));
    expect(smtp.taken).toHaveLength(before);
    expect((await transport.send(mail)).status).toBe("submitted");
  });
});

describe("A mail that may have left", () => {
  test.each([
    ["the server hung up after the whole mail, which it kept", { hangUpAfterData: { keeps: true } }],
    ["the server hung up after the whole mail, which it lost", { hangUpAfterData: { keeps: false } }],
    ["the server hung up in the middle of the mail", { hangUpInData: true }],
    ["the server never answered", { silentAfterData: true }],
    ["the server closed the service instead of an answer", { data: { code: 421, text: "4.3.2 closing" } }],
  ] as const)("is never sent again by itself: %s", async (_what, faults) => {
    Object.assign(smtp.faults, faults);
    const mail = mailTo("owner@elm.example");
    await expect(transport.send(mail)).rejects.toMatchObject({ certain: false });
    expect(isMarked(mail.key)).toBe(true);
    const taken = smtp.taken.length;
    for (const name of Object.keys(faults)) delete smtp.faults[name as keyof typeof smtp.faults];

    await expect(transport.send(mail)).rejects.toMatchObject({ certain: false });
    expect(await transport.find(mail.account, mail.key)).toBeNull();
    expect(smtp.taken).toHaveLength(taken);

    // A person looked, and says that it never left.
    expect((await transport.send({ ...mail, again: true })).status).toBe("submitted");
    expect(smtp.taken).toHaveLength(taken + 1);
    expect(isMarked(mail.key)).toBe(false);
  });

  test("is known to have left when its copy turns up in Sent", async () => {
    smtp.faults.silentAfterData = true;
    const mail = mailTo("owner@elm.example");
    await expect(transport.send(mail)).rejects.toMatchObject({ certain: false });
    delete smtp.faults.silentAfterData;
    imap.deliver(
      "Gesendet",
      `Message-ID: <${mail.key}@oak.example>\r\nX-Outreach-Id: ${mail.key}\r\n\r\nHi\r\n`,
    );
    expect(await transport.find(mail.account, mail.key)).toMatchObject({ folder: "sent" });
    const taken = smtp.taken.length;
    expect((await transport.send(mail)).status).toBe("already");
    expect(smtp.taken).toHaveLength(taken);
  });
});

describe("A mail the server took", () => {
  test("counts as sent although no copy could be filed, and the copy is filed when it can be", async () => {
    const { writeMark } = await import("@/lib/mailbox/smtp-imap/hand-over-marks");
    const mail = mailTo("owner@elm.example");
    // As left by a process that ended right after the server's "taken".
    await writeMark(mail.key, {
      state: "taken",
      at: "2026-11-02T10:00:00.000Z",
      messageId: `<${mail.key}@oak.example>`,
    });
    expect(await transport.find(mail.account, mail.key)).toMatchObject({
      folder: "sent",
      internetMessageId: `<${mail.key}@oak.example>`,
      sentAtUtc: "2026-11-02T10:00:00.000Z",
    });
    const taken = smtp.taken.length;
    expect((await transport.send(mail)).status).toBe("already");
    expect(smtp.taken).toHaveLength(taken);
    expect(imap.messages("Gesendet").at(-1)).toContain(mail.key);
    expect(isMarked(mail.key)).toBe(false);
  });

  test("is no failure when the mailbox hangs up before the copy is filed", async () => {
    const { toSmtpFailure } = await import("@/lib/mailbox/smtp-imap/smtp-failure");
    expect(toSmtpFailure(Object.assign(new Error("gone"), { code: "ESOCKET" }), true)).toMatchObject({
      certain: false,
      kind: "unreachable",
    });
    const { fileCopy } = await import("@/lib/mailbox/smtp-imap/file-copy");
    const gone = accountOn(smtp.port, 1);
    await expect(fileCopy(gone, "up-00000000", Buffer.from("x"), new Date())).resolves.toBeNull();
  });
});
