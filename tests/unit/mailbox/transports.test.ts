import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { joinTransports } from "@/lib/mailbox/join-transports";
import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { readEntryId, writeEntryId } from "@/lib/mailbox/smtp-imap/entry-id";
import { inTurn } from "@/lib/mailbox/smtp-imap/in-turn";
import type { HostInfo, MailTransport } from "@/lib/mailbox/transport";

function transportOf(product: string, accounts: readonly string[], down = false) {
  const info: HostInfo = { product, version: "1", standIn: false, accounts };
  return {
    ping: vi.fn(async () => {
      if (down) throw new MailboxError(`${product} is away`, true, { kind: "unreachable" });
      return info;
    }),
    send: vi.fn(async () => ({ status: "submitted" as const, item: null })),
    find: vi.fn(async () => null),
    list: vi.fn(async () => ({ items: [], more: false })),
  } satisfies MailTransport;
}

describe("Several transports on one machine", () => {
  const smtp = transportOf("SMTP", ["dana@oak.example"]);
  const part = { name: "smtp", transport: smtp, owns: (address: string) => address === "dana@oak.example" };
  const mail = { key: "up-12345678", to: "x@y.example", subject: "", bodyText: "" };

  test("each serve their own mailboxes, and the first that owns one has it alone", async () => {
    const outlook = transportOf("Outlook", ["Dana@oak.example", "lee@oak.example"]);
    const joined = joinTransports([part, { name: "outlook", transport: outlook, owns: () => true }]);
    await joined.send({ ...mail, account: "Dana@Oak.example" });
    await joined.send({ ...mail, account: "lee@oak.example" });
    expect(smtp.send).toHaveBeenCalledTimes(1);
    expect(outlook.send).toHaveBeenCalledTimes(1);
    expect((await joined.ping()).mailboxes).toMatchObject([
      { address: "dana@oak.example", transport: "smtp" },
      { address: "lee@oak.example", transport: "outlook" },
    ]);
  });

  test("do not take each other down", async () => {
    const away = transportOf("Outlook", [], true);
    const joined = joinTransports([part, { name: "outlook", transport: away, owns: () => true }]);
    expect((await joined.ping()).accounts).toEqual(["dana@oak.example"]);
    const alone = joinTransports([{ name: "outlook", transport: away, owns: () => true }]);
    await expect(alone.ping()).rejects.toMatchObject({ kind: "unreachable" });
  });

  test("refuse a mailbox none of them has", async () => {
    await expect(joinTransports([part]).send({ ...mail, account: "else@oak.example" })).rejects.toMatchObject(
      {
        kind: "unknown-mailbox",
        certain: true,
      },
    );
  });
});

test("an entry id leads back to its mail whatever the folder is called, and a foreign one to none", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.nat(), fc.string({ maxLength: 200 }), (folder, uid, id) => {
      const place = { folder, uidValidity: "1762", uid, messageId: id };
      const written = writeEntryId(place);
      expect(written).toMatch(/^imap1\.[A-Za-z0-9_-]+$/);
      expect(readEntryId(written)).toEqual(place);
    }),
  );
  for (const foreign of ["", "0000AB", "imap1.", "imap1.eyJhIjoxfQ", "imap1.%%%"])
    expect(readEntryId(foreign)).toBeNull();
});

test("work on one account waits its turn, also after a failure; another account does not wait", async () => {
  const order: string[] = [];
  const { promise: gate, resolve: open } = deferred();
  const first = inTurn("a", async () => {
    await gate;
    order.push("a1");
    throw new Error("no");
  });
  const second = inTurn("a", async () => void order.push("a2"));
  await inTurn("b", async () => void order.push("b"));
  open();
  await expect(first).rejects.toThrow("no");
  await second;
  expect(order).toEqual(["b", "a1", "a2"]);
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
