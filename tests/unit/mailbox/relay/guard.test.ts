import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { REPLAY_WINDOW_MS, relaySendSchema, signRelayRequest } from "@/lib/mailbox/relay/protocol";

const SECRET = "a secret of this test";
let callers = 0;

beforeAll(() => {
  Object.assign(process.env, { RELAY_SECRET: SECRET, LOG_LEVEL: "ERROR" });
});

/** A signed request as a console makes it, from a caller of its own unless said otherwise. */
function signed(
  body: string | ReadableStream<Uint8Array>,
  change: { at?: number; nonce?: string; secret?: string; headers?: Record<string, string> } = {},
): Request {
  const timestamp = String(change.at ?? Date.now());
  const nonce = change.nonce ?? crypto.randomUUID();
  const signature = signRelayRequest(change.secret ?? SECRET, {
    method: "POST",
    path: "/api/relay/send",
    timestamp,
    nonce,
    body: typeof body === "string" ? body : "",
  });
  return new Request("http://pc.test/api/relay/send", {
    method: "POST",
    body,
    duplex: "half",
    headers: {
      "x-forwarded-for": `10.0.0.${callers++}`,
      "x-relay-timestamp": timestamp,
      "x-relay-nonce": nonce,
      "x-relay-signature": signature,
      ...change.headers,
    },
  } as RequestInit);
}

async function ask(request: Request, act: (input: unknown) => Promise<object> = async () => ({ ok: true })) {
  const { answerRelay } = await import("@/lib/mailbox/relay/answer-relay");
  const response = await answerRelay(request, z.unknown(), act);
  const json = (await response.json()) as { error?: { kind: string; message: string; certain: boolean } };
  return { status: response.status, ...json.error };
}

describe("The relay's door", () => {
  test("opens to a signed request once, and not to the same one again", async () => {
    const nonce = crypto.randomUUID();
    const at = Date.now();
    expect((await ask(signed("{}", { nonce, at }))).status).toBe(200);
    expect(await ask(signed("{}", { nonce, at }))).toMatchObject({ status: 401, certain: true });
  });

  test("remembers a request dated ahead for as long as it could be made again", async () => {
    const { SeenNonces } = await import("@/lib/mailbox/relay/seen-nonces");
    const seen = new SeenNonces(2 * REPLAY_WINDOW_MS, 10);
    expect(seen.take("a", 0)).toBe("new");
    expect(seen.take("a", 2 * REPLAY_WINDOW_MS - 1)).toBe("seen");
    expect(seen.take("a", 2 * REPLAY_WINDOW_MS)).toBe("new");
  });

  test("takes nothing new rather than forget what it must remember", async () => {
    const { SeenNonces } = await import("@/lib/mailbox/relay/seen-nonces");
    const seen = new SeenNonces(1000, 3);
    expect(["a", "b", "c", "d", "a"].map((nonce) => seen.take(nonce, 0))).toEqual([
      "new",
      "new",
      "new",
      "full",
      "seen",
    ]);
    expect(seen.take("d", 1000)).toBe("new");
  });

  test.each([
    ["another secret", { secret: "another secret, quite long" }],
    ["no nonce", { nonce: "" }],
    ["a nonce that is no nonce", { nonce: "x'\u00e9 or 1=1" }],
    ["a browser's origin", { headers: { origin: "http://pc.test" } }],
    ["a browser's fetch", { headers: { "sec-fetch-site": "same-origin" } }],
    ["no signature", { headers: { "x-relay-signature": "" } }],
  ])("stays shut to a request with %s", async (_what, change) => {
    const act = vi.fn(async () => ({}));
    const answer = await ask(signed("{}", change), act);
    expect(answer).toMatchObject({ kind: "unreachable", certain: true });
    expect([401, 403]).toContain(answer.status);
    expect(act).not.toHaveBeenCalled();
  });

  test.each([
    [9, "9 minutes ahead of"],
    [-12, "12 minutes behind"],
  ])("says in plain words that clocks differ by %i minutes", async (minutes, words) => {
    const answer = await ask(signed("{}", { at: Date.now() + minutes * 60_000 }));
    expect(answer).toMatchObject({ status: 401, kind: "unreachable", certain: true });
    expect(answer.message).toContain(words);
  });

  test("stops reading a body at 1 MB, whatever was promised, and acts on none of it", async () => {
    const act = vi.fn(async () => ({}));
    expect(await ask(signed("x".repeat(5_000_000)), act)).toMatchObject({
      status: 413,
      kind: "invalid",
      certain: true,
    });
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 100_000;
        controller.enqueue(new Uint8Array(100_000));
      },
    });
    expect(await ask(signed(endless), act)).toMatchObject({ status: 413 });
    expect(given).toBeLessThan(1_500_000);
    expect(act).not.toHaveBeenCalled();
  });

  test("does not let a caller guess for long, and others are not held up by it", async () => {
    const headers = { "x-forwarded-for": "10.9.9.9" };
    const statuses: number[] = [];
    for (let count = 0; count < 70; count++)
      statuses.push((await ask(signed("{}", { secret: "another secret, quite long", headers }))).status);
    expect(statuses.slice(0, 60).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(60).every((status) => status === 429)).toBe(true);
    expect(await ask(signed("{}", { headers }))).toMatchObject({ status: 429, kind: "rate", certain: true });
    expect((await ask(signed("{}"))).status).toBe(200);
  });

  test("counts callers in bounded room", async () => {
    const { RateLimit } = await import("@/lib/mailbox/relay/rate-limit");
    const limit = new RateLimit(1, 1000, 2);
    expect([limit.count("a", 0), limit.count("a", 0)]).toEqual([true, false]);
    limit.count("b", 0);
    limit.count("c", 0);
    expect(limit.isSpent("a", 0)).toBe(false);
    expect(limit.isSpent("c", 999)).toBe(true);
    expect(limit.isSpent("c", 1000)).toBe(false);
  });
});

describe("What goes wrong behind the door", () => {
  test("keeps its kind and whether the mail surely stayed", async () => {
    const fail = (error: Error) => ask(signed("{}"), () => Promise.reject(error));
    expect(await fail(new MailboxError("no", true, { kind: "auth" }))).toMatchObject({
      status: 502,
      kind: "auth",
      certain: true,
    });
    expect(await fail(new MailboxError("who knows", false))).toMatchObject({
      kind: "failed",
      certain: false,
    });
    expect(await fail(Object.assign(new Error("x"), { code: "ENOSPC" }))).toMatchObject({
      status: 507,
      kind: "busy",
      certain: true,
      message: expect.stringContaining("full"),
    });
    const odd = await fail(new Error("C:\\Users\\dana\\secret"));
    expect(odd).toMatchObject({ status: 500, certain: false });
    expect(odd.message).not.toContain("dana");
  });

  test("a body that is not JSON is said to be none", async () => {
    expect(await ask(signed("{"))).toMatchObject({ status: 400, kind: "invalid", certain: true });
  });

  test("every field of a mail refuses what could become a header or a command", () => {
    const mail = {
      account: "a@desk.example",
      key: "up-12345678",
      to: "b@oak.example",
      subject: "12 Main St",
      bodyText: "Hi\r\nthere",
      replyToEntryId: "0000AB",
    };
    expect(relaySendSchema.safeParse(mail).success).toBe(true);
    for (const field of Object.keys(mail))
      for (const bad of [
        "\u0000",
        "\r",
        ...(field === "bodyText" ? ["\u0008", "\u001b[2J"] : ["\n", "\r\nBcc: x@y.example"]),
      ])
        for (const place of [bad, `${mail[field as keyof typeof mail]}${bad}x`])
          expect(
            relaySendSchema.safeParse({ ...mail, [field]: place }).success,
            JSON.stringify([field, place]),
          ).toBe(false);
  });
});
