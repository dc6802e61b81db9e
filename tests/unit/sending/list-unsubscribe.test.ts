import { expect, test } from "vitest";
import { relaySendSchema } from "@/lib/mailbox/relay/protocol";
import { composeMail } from "@/lib/mailbox/smtp-imap/compose-mail";

const mail = {
  account: "desk@harborpoint.example",
  key: "up-1234567890",
  to: "owner@oak.example",
  subject: "12 Main St",
  bodyText: "Hi",
};
const account = { address: mail.account, name: "Dana" } as Parameters<typeof composeMail>[1];
const url = `https://mail.harborpoint.example/unsubscribe?token=${"x".repeat(64)}`;
const mailto = "mailto:desk@harborpoint.example?subject=unsubscribe";

async function headersOf(listUnsubscribe: { mailto: string; url?: string } | undefined): Promise<string> {
  const source = (await composeMail({ ...mail, listUnsubscribe }, account, null, new Date())).toString();
  return source.slice(0, source.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
}

test("a mail of a desk with a public address can be unsubscribed from by one click and by mail", async () => {
  const headers = await headersOf({ mailto, url });
  expect(headers).toContain(`List-Unsubscribe: <${url}>, <${mailto}>`);
  expect(headers).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
});

test("a mail of any other desk can be unsubscribed from by mail, and a person's answer has neither", async () => {
  const headers = await headersOf({ mailto });
  expect(headers).toContain(`List-Unsubscribe: <${mailto}>`);
  expect(headers).not.toContain("One-Click");
  expect(await headersOf(undefined)).not.toContain("List-Unsubscribe");
});

test("a link that would break out of its header is refused before anything is handed over", () => {
  expect(relaySendSchema.safeParse({ ...mail, listUnsubscribe: { mailto, url } }).success).toBe(true);
  for (const bad of [
    { mailto: "mailto:a@b.example>, <https://evil.example" },
    { mailto: `${mailto}\r\nBcc: c@d.example` },
    { mailto, url: "http://plain.example/unsubscribe" },
    { mailto, url: "https://a.example/> x" },
  ])
    expect(relaySendSchema.safeParse({ ...mail, listUnsubscribe: bad }).success, JSON.stringify(bad)).toBe(
      false,
    );
});
