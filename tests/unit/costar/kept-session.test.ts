import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-kept-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const state = path.join(folder, "costar-session.enc");
const key = path.join(folder, "costar-session.key");

/** The module as a process started with these settings has it. */
async function start(change: Record<string, string> = {}) {
  vi.resetModules();
  for (const name of ["COSTAR_STATE_KEY", "COSTAR_USERNAME"]) vi.stubEnv(name, "");
  vi.stubEnv("LOG_LEVEL", "ERROR");
  vi.stubEnv("UPSTREAM_DATA_DIR", folder);
  for (const [name, value] of Object.entries({ COSTAR_USERNAME: "desk", ...change })) vi.stubEnv(name, value);
  return import("@/lib/costar/kept-session");
}
const session = () => ({
  signedInAt: Date.now(),
  storage: {
    cookies: [
      {
        name: "sid",
        value: "very-secret-cookie",
        domain: "product.costar.com",
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: true,
        sameSite: "Lax" as const,
      },
    ],
    origins: [],
  },
});

beforeEach(() => {
  for (const file of [state, key]) rmSync(file, { force: true });
});

describe("a kept CoStar session", () => {
  test("is there after a restart, unreadable to anybody else", async () => {
    const kept = session();
    await (await start()).keepSession(kept);
    expect(readFileSync(state).includes("very-secret-cookie")).toBe(false);
    if (process.platform !== "win32")
      for (const file of [state, key]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await (await start()).readKeptSession()).toEqual(kept);
  });

  test("is not used when it is a week old, nor after it was forgotten", async () => {
    const { keepSession, readKeptSession, forgetKeptSession } = await start();
    await keepSession(session());
    expect(await readKeptSession(Date.now() + 8 * 86_400_000)).toBeNull();
    await forgetKeptSession();
    expect(await readKeptSession()).toBeNull();
  });

  test.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, 40)],
    ["empty", () => Buffer.alloc(0)],
    ["of another kind", () => Buffer.from("{}")],
    [
      "changed by one bit",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]),
    ],
  ])("means signing in anew when its file is %s", async (_how, damage) => {
    const { keepSession, readKeptSession } = await start();
    await keepSession(session());
    writeFileSync(state, damage(readFileSync(state)));
    expect(await readKeptSession()).toBeNull();
  });

  test("is not taken by another account, another site or another key", async () => {
    const given = { COSTAR_STATE_KEY: "a key that is long enough for this" };
    await (await start(given)).keepSession(session());
    expect(await (await start({ ...given, COSTAR_USERNAME: "somebody" })).readKeptSession()).toBeNull();
    expect(
      await (await start({ ...given, COSTAR_URL: "https://elsewhere.test" })).readKeptSession(),
    ).toBeNull();
    vi.unstubAllEnvs();
    expect(
      await (await start({ COSTAR_STATE_KEY: "another key that is long enough too" })).readKeptSession(),
    ).toBeNull();
    expect(await (await start(given)).readKeptSession()).not.toBeNull();
  });
});
