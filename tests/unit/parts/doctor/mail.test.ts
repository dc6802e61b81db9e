import { describe, expect, test } from "vitest";
import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { listedItemSchema } from "@/lib/mailbox/outlook/contract";
import type { ListedItem, MailTransport, OutgoingMail } from "@/lib/mailbox/transport";
import { mailAccounts } from "@/lib/parts/doctor/checks/mail-accounts";
import { sendTest } from "@/lib/parts/doctor/checks/send-test";
import { ConfigError } from "@/lib/server/env";
import { look, type ToolChange } from "./fake-tools";
import { mailAccount } from "./mail-account";

describe("SMTP and IMAP accounts", () => {
  test("are left out where there are none", async () => {
    expect((await look(mailAccounts)).status).toBe("skipped");
  });

  test("have to be written correctly", async () => {
    const broken = () => {
      throw new ConfigError(["SMTP_HOST for SMTP + IMAP: it is missing"]);
    };
    expect(await look(mailAccounts, { mailAccounts: broken })).toMatchObject({
      status: "mend",
      says: expect.stringMatching(/SMTP_HOST/),
    });
  });

  test("have to sign in to both servers; each that refuses is named, a password never", async () => {
    const two = { mailAccounts: () => [mailAccount("a@example.com"), mailAccount("b@example.com")] };
    expect((await look(mailAccounts, two)).status).toBe("fine");
    const finding = await look(mailAccounts, {
      ...two,
      signIn: async (account, server) => {
        if (account.address === "a@example.com" && server === "imap")
          throw new MailboxError("Invalid credentials", true, { kind: "auth" });
        if (account.address === "b@example.com")
          throw new MailboxError("No route", true, { kind: "unreachable" });
      },
    });
    expect(finding.says).toMatch(/a@example\.com cannot sign in to imap\.example\.com:993/);
    expect(finding.says).toMatch(/b@example\.com cannot sign in to smtp\.example\.com:465/);
    expect(finding.says).not.toMatch(/a@example\.com cannot sign in to smtp/);
    expect(finding.cure).toMatch(/app password/);
    expect(JSON.stringify(finding)).not.toContain("very-secret-word");
  });
});

/** A mailbox that gives a mail to itself back after a few looks, in a way a test chooses. */
function mailbox(back: Partial<ListedItem> | null, folder: "inbox" | "junk" = "inbox", isSaved = true) {
  const sent: OutgoingMail[] = [];
  let looks = 0;
  const item = () =>
    sent[0] &&
    ({
      folder: "sent",
      entryId: "S",
      conversationId: null,
      internetMessageId: "<m@x>",
      sentAtUtc: null,
    } as const);
  const transport: MailTransport = {
    ping: async () => ({ product: "P", version: "1", standIn: false, accounts: ["desk@example.com"] }),
    send: async (mail) => {
      sent.push(mail);
      return { status: "submitted", item: null };
    },
    find: async () => (isSaved && ++looks > 2 ? (item() ?? null) : null),
    list: async (_account, where) => ({
      items:
        where === folder && back && ++looks > 4
          ? [
              listedItemSchema.parse({
                entryId: "I",
                kind: "mail",
                receivedUtc: "2026-01-15T12:00:30Z",
                key: sent[0]?.key,
                ...back,
              }),
            ]
          : [],
      more: false,
    }),
  };
  return { sent, transport: () => transport };
}

describe("the mail to oneself", () => {
  const wanted = { isWanted: true, account: undefined, confirm: async () => true };
  function tools(box: ReturnType<typeof mailbox>, change: ToolChange = {}): ToolChange {
    let now = Date.UTC(2026, 0, 15, 12);
    return {
      transport: box.transport,
      sendTest: wanted,
      now: () => now,
      pause: async (ms) => {
        now += ms;
      },
      ...change,
    };
  }

  test("never leaves unless it is asked for and confirmed", async () => {
    const box = mailbox({});
    expect((await look(sendTest, { transport: box.transport })).status).toBe("skipped");
    const no = { ...wanted, confirm: async () => false };
    expect((await look(sendTest, tools(box, { sendTest: no }))).says).toMatch(/nothing was sent/);
    expect((await look(sendTest, tools(box, { env: { DRY_RUN: "true" } }))).status).toBe("skipped");
    expect(box.sent).toEqual([]);
  });

  test("goes from the account to itself, once, with a key, and is seen to come back", async () => {
    const box = mailbox({});
    expect(await look(sendTest, tools(box))).toMatchObject({
      status: "fine",
      says: expect.stringMatching(/desk@example\.com to itself left and came back in \d+ s/),
    });
    expect(box.sent).toHaveLength(1);
    expect(box.sent[0]).toMatchObject({ account: "desk@example.com", to: "desk@example.com" });
    expect(box.sent[0]?.key).toMatch(/^doctor-[0-9a-f]{20}$/);
  });

  test.each([
    ["is not kept in Sent Items", mailbox({}, "inbox", false), "mend", /not found in Sent Items/],
    ["does not come back", mailbox(null), "mend", /did not come back/],
    ["comes back as junk", mailbox({}, "junk"), "note", /Junk/],
    [
      "comes back without its key",
      mailbox({ key: null, internetMessageId: "<m@x>" }),
      "note",
      /takes it off/,
    ],
    [
      "comes back hours off",
      mailbox({ receivedUtc: "2026-01-15T20:00:00Z" }),
      "mend",
      /far from this computer/,
    ],
  ])("that %s is said", async (_what, box, status, says) => {
    expect(await look(sendTest, tools(box))).toMatchObject({ status, says: expect.stringMatching(says) });
  });

  test("that is refused says why", async () => {
    const box = mailbox({});
    box.transport().send = () => Promise.reject(new MailboxError("Outlook refused", true, { kind: "auth" }));
    expect(await look(sendTest, tools(box))).toMatchObject({ status: "mend", says: "Outlook refused" });
  });
});
