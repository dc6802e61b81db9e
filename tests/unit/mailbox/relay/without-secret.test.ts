import { expect, test } from "vitest";

const request = (headers: { host: string; "x-forwarded-for"?: string }) =>
  new Request("http://127.0.0.1:3000/api/relay/health", { headers: Object.entries(headers) });

test("without a shared secret only this machine is heard", async () => {
  delete process.env.RELAY_SECRET;
  const { guardRelayRequest } = await import("@/lib/mailbox/relay/guard-request");
  for (const host of ["127.0.0.1:3000", "localhost:3000", "[::1]:3000"])
    for (const from of [{}, { "x-forwarded-for": "127.0.0.1" }, { "x-forwarded-for": "::ffff:127.0.0.1" }])
      await expect(guardRelayRequest(request({ host, ...from }))).resolves.toEqual({
        body: "",
        clockOffsetMs: null,
      });
  for (const headers of [
    { host: "pc-a.test:3000" },
    { host: "127.0.0.1.evil.test" },
    { host: "127.0.0.1:3000", "x-forwarded-for": "10.0.0.7" },
    { host: "127.0.0.1:3000", "x-forwarded-for": "127.0.0.1, 10.0.0.7" },
  ])
    await expect(guardRelayRequest(request(headers)), JSON.stringify(headers)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining("RELAY_SECRET"),
    });
});
