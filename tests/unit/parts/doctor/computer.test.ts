import { describe, expect, test } from "vitest";
import { clock } from "@/lib/parts/doctor/checks/clock";
import { dataFolder } from "@/lib/parts/doctor/checks/data-folder";
import { diskSpace } from "@/lib/parts/doctor/checks/disk-space";
import { nodeVersion } from "@/lib/parts/doctor/checks/node-version";
import { settings } from "@/lib/parts/doctor/checks/settings";
import { readSettings } from "@/lib/parts/doctor/read-settings";
import { fakeTools, look } from "./fake-tools";

describe("this computer", () => {
  test("an old Node, or a 32-bit one on Windows, has to be replaced", async () => {
    expect((await look(nodeVersion)).status).toBe("fine");
    expect((await look(nodeVersion, { nodeVersion: "20.8.1" })).status).toBe("mend");
    expect((await look(nodeVersion, { nodeVersion: "18.20.0" })).cure).toMatch(/20\.9/);
    expect((await look(nodeVersion, { platform: "win32", arch: "ia32" })).says).toMatch(/32-bit/);
  });

  test("a setting that cannot be used is named, and the others still count", async () => {
    const { env, problems } = readSettings({
      COSTAR_USERNAME: "dana",
      RELAY_SECRET: "short",
      AGENT_TIMEOUT_S: "soon",
    });
    expect(env).toMatchObject({ COSTAR_USERNAME: "dana", RELAY_SECRET: undefined, AGENT_TIMEOUT_S: 120 });
    const { status, says } = await look(settings, { settingProblems: problems });
    expect(status).toBe("mend");
    expect(says).toMatch(/RELAY_SECRET is \(hidden\)/);
    expect(says).toMatch(/AGENT_TIMEOUT_S is "soon"/);
    expect((await look(settings)).status).toBe("fine");
  });

  test("the desk is looked for at the ports npm start would use", () => {
    expect(readSettings({ UPSTREAM_PORT: "3100", UPSTREAM_API_PORT: "3101" }).env).toMatchObject({
      CONSOLE_URL: "http://127.0.0.1:3100",
      SUPABASE_URL: "http://127.0.0.1:3101",
      INNGEST_BASE_URL: "http://127.0.0.1:8288",
    });
  });

  test("a data folder that cannot be written to has to be mended", async () => {
    const denied = { tryWrite: () => Promise.reject(new Error("EACCES: permission denied")) };
    expect(await look(dataFolder, denied)).toMatchObject({
      status: "mend",
      says: expect.stringMatching(/\/desk\/\.upstream .*EACCES/),
    });
    expect((await look(dataFolder)).status).toBe("fine");
  });

  test("a disk that is nearly full is noted, one that is full has to be mended", async () => {
    const free = async (bytes: number) => (await look(diskSpace, { freeBytes: async () => bytes })).status;
    expect([await free(50e9), await free(1e9), await free(1e6)]).toEqual(["fine", "note", "mend"]);
  });
});

describe("the clock", () => {
  const at = (seconds: number) => ({
    env: { CONSOLE_URL: "https://desk.example", SUPABASE_URL: "https://db.example" },
    fetch: async () =>
      new Response("", {
        headers: { date: new Date(fakeTools().now() - 500 - seconds * 1000).toUTCString() },
      }),
  });

  test.each([
    [0, "fine"],
    [20, "fine"],
    [90, "note"],
    [-90, "note"],
    [400, "mend"],
    [-7200, "mend"],
  ])("that is %i seconds off is %s", async (seconds, status) => {
    expect((await look(clock, at(seconds))).status).toBe(status);
  });

  test("says by how much and in which direction", async () => {
    expect((await look(clock, at(-7200))).says).toMatch(/120 minutes behind/);
    expect((await look(clock, at(400))).says).toMatch(/7 minutes ahead of/);
  });

  test("needs no other clock where everything is on one computer", async () => {
    expect((await look(clock)).status).toBe("fine");
  });

  test("is noted when nobody can be asked", async () => {
    expect((await look(clock, { env: { CONSOLE_URL: "https://desk.example" } })).status).toBe("note");
  });
});
