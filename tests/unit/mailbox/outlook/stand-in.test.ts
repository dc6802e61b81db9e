import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { outlookAnswerSchema, outlookResultSchemas } from "@/lib/mailbox/outlook/contract";
import { prepareMailStore } from "@/stack/outlook-host/mail-store";
import { runHost } from "@/stack/outlook-host/run-host";
import { BAD } from "./bad-requests";
import { ACCOUNT, list, SEND } from "./requests";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "stand-in-"));
  await prepareMailStore(folder, [{ address: ACCOUNT, displayName: "Desk" }]);
});
afterEach(() => rm(folder, { recursive: true }));

async function call(request: object) {
  const file = path.join(folder, "request.json");
  await writeFile(file, JSON.stringify(request));
  const { line } = await runHost([file], { OUTLOOK_STANDIN_DATA: folder });
  return outlookAnswerSchema.parse(JSON.parse(line));
}

async function itemsOf(where: "inbox" | "sent") {
  const answer = await call(list({ folder: where, sinceUtc: "2020-01-01T00:00:00Z" }));
  if (!answer.ok) throw new Error(answer.error.message);
  return outlookResultSchemas.list.parse(answer.result).items;
}

describe("the Outlook stand-in", () => {
  // An address list is refused by its own rule, in Outlook's words.
  const kinds = new Map([
    ["a second recipient hidden in an address", "rejected"],
    ["a line break in an address", "rejected"],
    ["an address with a display name", "rejected"],
    ["an account that is no address", "unknown-mailbox"],
  ]);

  test.each(BAD)("refuses %s as the real host does", async (what, request) => {
    expect(await call(request)).toMatchObject({
      ok: false,
      error: { kind: kinds.get(what) ?? "invalid", notSent: true },
    });
    expect(await itemsOf("sent")).toEqual([]);
  });

  test("says which mail in Sent Items is ours, and whom it went to", async () => {
    await call(SEND);
    expect(await itemsOf("sent")).toMatchObject([{ key: SEND.idempotencyId, to: SEND.to }]);
  });

  test("gives a mail to oneself back, once", async () => {
    const mail = { ...SEND, to: [ACCOUNT] };
    await call(mail);
    await call(mail);
    expect(await itemsOf("inbox")).toMatchObject([{ key: SEND.idempotencyId, from: ACCOUNT }]);
  });

  test("writes the unsubscribe headers", async () => {
    const listUnsubscribe = { mailto: "mailto:desk@example.com", url: "https://desk.example/u" };
    await call({ ...SEND, listUnsubscribe });
    const [item] = await itemsOf("sent");
    expect(item?.rawSource?.replaceAll("\r\n ", " ")).toMatch(
      /\r\nList-Unsubscribe: <https:\/\/desk\.example\/u>, <mailto:desk@example\.com>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n/,
    );
  });
});
