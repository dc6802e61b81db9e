import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { relaySendSchema, sameDigest, signRelayRequest } from "@/lib/mailbox/relay/protocol";

const mail = {
  account: "a@desk.example",
  key: "up-12345678",
  to: "b@oak.example",
  subject: "12 Main St",
  bodyText: "Hi",
};

describe("a mail for the relay", () => {
  test("with a header hidden in a value, a NUL, or an odd key is refused before anything is handed over", () => {
    expect(relaySendSchema.safeParse(mail).success).toBe(true);
    for (const bad of [
      { subject: "Hi\r\nBcc: everyone@x.example" },
      { to: "b@oak.example\nBcc: c@x.example" },
      { bodyText: "a\u0000b" },
      { bodyText: "x".repeat(5_000_000) },
      { key: "x' or 1=1" },
      { replyToEntryId: "a\nb" },
    ])
      expect(relaySendSchema.safeParse({ ...mail, ...bad }).success, JSON.stringify(bad).slice(0, 60)).toBe(
        false,
      );
  });

  test("is signed over everything: any change breaks the signature", () => {
    const request = { method: "POST", path: "/api/relay/send", timestamp: "1", nonce: "n", body: "{}" };
    const good = signRelayRequest("secret-secret-secret", request);
    expect(sameDigest(good, signRelayRequest("secret-secret-secret", { ...request }))).toBe(true);
    fc.assert(
      fc.property(
        fc.constantFrom("method", "path", "timestamp", "nonce", "body"),
        fc.string({ minLength: 1 }),
        (field, extra) => {
          const changed = { ...request, [field]: request[field as keyof typeof request] + extra };
          expect(sameDigest(good, signRelayRequest("secret-secret-secret", changed))).toBe(false);
        },
      ),
    );
    expect(sameDigest(good, signRelayRequest("another-secret-here", request))).toBe(false);
  });
});
