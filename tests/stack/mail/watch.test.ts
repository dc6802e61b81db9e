import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { accountOn } from "./support/account";
import { startImapServer } from "./support/imap-server";

let imap: Awaited<ReturnType<typeof startImapServer>>;
beforeAll(async () => {
  imap = await startImapServer();
});
afterAll(() => imap.close());

test("new mail is told of at once, several at a time as one, and again after the connection was lost", async () => {
  const { watchInbox } = await import("@/lib/mailbox/smtp-imap/watch-inbox");
  let told = 0;
  const stop = watchInbox(accountOn(1, imap.port), () => {
    told++;
  });
  // Each new connection tells once by itself, for what came while nobody listened.
  await vi.waitFor(() => expect(told).toBe(1), { timeout: 5000 });
  const mail = "From: a@b.example\r\nSubject: x\r\n\r\nHi\r\n";
  const at = performance.now();
  for (let count = 0; count < 5; count++) imap.deliver("INBOX", mail);
  await vi.waitFor(() => expect(told).toBe(2), { timeout: 3000, interval: 10 });
  expect(performance.now() - at).toBeLessThan(3000);

  imap.hangUp();
  await vi.waitFor(() => expect(told).toBe(3), { timeout: 8000 });
  imap.deliver("INBOX", mail);
  await vi.waitFor(() => expect(told).toBe(4), { timeout: 3000 });

  stop();
  await vi.waitFor(() => expect(imap.connections()).toBe(0), { timeout: 3000 });
});

test("a mailbox that cannot be reached holds nothing up and throws nothing", async () => {
  const { watchInbox } = await import("@/lib/mailbox/smtp-imap/watch-inbox");
  const onMail = vi.fn();
  const stop = watchInbox(accountOn(1, 1), onMail);
  stop();
  expect(onMail).not.toHaveBeenCalled();
});
