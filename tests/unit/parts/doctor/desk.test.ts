import { describe, expect, test } from "vitest";
import { AgentError } from "@/lib/agents/failure";
import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { browser } from "@/lib/parts/doctor/checks/browser";
import { claudeProgram } from "@/lib/parts/doctor/checks/claude-program";
import { claudeSignIn } from "@/lib/parts/doctor/checks/claude-sign-in";
import { consoleCheck } from "@/lib/parts/doctor/checks/console";
import { costar } from "@/lib/parts/doctor/checks/costar";
import { database } from "@/lib/parts/doctor/checks/database";
import { engine } from "@/lib/parts/doctor/checks/engine";
import { relay } from "@/lib/parts/doctor/checks/relay";
import { ended, look } from "./fake-tools";

const answering = (status: number, body: unknown = {}) => ({
  fetch: async () => Response.json(body, { status }),
});
/** The console answers, everything else does not. */
const onlyConsole = {
  fetch: async (url: string) => {
    if (url.includes("/api/health")) return Response.json({});
    throw new TypeError("fetch failed");
  },
};

describe("the desk's parts", () => {
  test("a desk that is not running is no fault", async () => {
    for (const check of [consoleCheck, database, engine])
      expect(await look(check), check.id).toMatchObject({ status: "note" });
  });

  test("a part that is missing while the desk runs is one", async () => {
    for (const check of [database, engine])
      expect(await look(check, onlyConsole), check.id).toMatchObject({ status: "mend" });
  });

  test("a hosted part that does not answer is one, whether the desk runs or not", async () => {
    const env = {
      CONSOLE_URL: "https://desk.example",
      SUPABASE_URL: "https://db.example",
      INNGEST_BASE_URL: "https://engine.example",
    };
    for (const check of [consoleCheck, database, engine])
      expect(await look(check, { env }), check.id).toMatchObject({
        status: "mend",
        cure: expect.any(String),
      });
  });

  test("a relay's console has to answer, and nothing else of the desk is asked of that PC", async () => {
    const env = { UPSTREAM_ROLE: "relay" };
    expect((await look(consoleCheck, { env })).status).toBe("mend");
    for (const check of [database, engine, claudeProgram, claudeSignIn, browser, costar])
      expect(await look(check, { env }), check.id).toMatchObject({ status: "skipped" });
  });

  test.each([
    [200, "fine", /answers/],
    [503, "mend", /no database/],
    [404, "mend", /not the console/],
  ])("a console that answers %i is %s", async (status, verdict, says) => {
    expect(await look(consoleCheck, answering(status))).toMatchObject({
      status: verdict,
      says: expect.stringMatching(says),
    });
  });

  test.each([
    [200, "fine", /takes the service key/],
    [401, "mend", /refuses the service key/],
    [404, "mend", /no desk in it/],
    [500, "mend", /500/],
  ])("a database that answers %i is %s", async (status, verdict, says) => {
    expect(await look(database, answering(status))).toMatchObject({
      status: verdict,
      says: expect.stringMatching(says),
    });
  });

  test("an engine has to know the desk's functions", async () => {
    expect((await look(engine, answering(200, { data: [{}, {}] }))).says).toMatch(/knows 2 functions/);
    expect((await look(engine, answering(200, { data: [] }))).status).toBe("mend");
    expect((await look(engine, answering(404, {}))).status).toBe("mend");
    expect((await look(engine, answering(401, {}))).cure).toMatch(/INNGEST_SIGNING_KEY/);
  });
});

describe("Claude Code", () => {
  const missing = { run: async () => ({ ...ended(""), outcome: "missing" as const }) };

  test("that was not set up is a note; one that was set and is gone has to be mended", async () => {
    expect((await look(claudeProgram, missing)).status).toBe("note");
    expect(await look(claudeProgram, { ...missing, env: { CLAUDE_CODE_PATH: "/opt/claude" } })).toMatchObject(
      {
        status: "mend",
        says: "/opt/claude is not there.",
      },
    );
  });

  test("answers its version, a stand-in only noted", async () => {
    expect(await look(claudeProgram, { run: async () => ended("2.1.330 (Claude Code)\n") })).toMatchObject({
      status: "fine",
      says: expect.stringMatching(/2\.1\.330/),
    });
    expect((await look(claudeProgram, { run: async () => ended("1.0 (stand-in)") })).status).toBe("note");
    expect((await look(claudeProgram, { run: async () => ended("", 7) })).says).toMatch(/exit 7/);
    expect(
      (await look(claudeProgram, { run: async () => ({ ...ended(""), outcome: "timed out" }) })).status,
    ).toBe("mend");
  });

  test("on Windows has to be the real program, not npm's .cmd", async () => {
    const found = await look(claudeProgram, {
      platform: "win32",
      env: { CLAUDE_CODE_PATH: "C:\\npm\\claude.cmd" },
    });
    expect(found).toMatchObject({ status: "mend", cure: expect.stringMatching(/claude\.exe/) });
  });

  test.each([
    ["not_installed", "skipped"],
    ["not_signed_in", "mend"],
    ["rate_limited", "note"],
    ["no_answer", "note"],
    ["api_error", "mend"],
    ["broken", "mend"],
  ] as const)("whose question ends %s is %s", async (kind, status) => {
    const askClaude = () => Promise.reject(new AgentError(kind, "why"));
    expect((await look(claudeSignIn, { askClaude })).status).toBe(status);
    expect((await look(claudeSignIn)).status).toBe("fine");
  });
});

test("a stand-in for Claude Code is not asked whether it is signed in", async () => {
  const askClaude = () => Promise.reject(new AgentError("no_answer", "This is the Claude Code stand-in."));
  expect((await look(claudeSignIn, { askClaude })).status).toBe("skipped");
});

describe("CoStar and its browser", () => {
  test("both credentials or none", async () => {
    const of = async (env: Record<string, string>) => (await look(costar, { env })).status;
    expect(await of({})).toBe("note");
    expect(await of({ COSTAR_USERNAME: "dana" })).toBe("mend");
    expect(await of({ COSTAR_PW: "x" })).toBe("mend");
    expect(await of({ COSTAR_USERNAME: "dana", COSTAR_PW: "x" })).toBe("fine");
    expect(await of({ COSTAR_USERNAME: "dana", COSTAR_PW: "x", COSTAR_URL: "http://127.0.0.1:1" })).toBe(
      "note",
    );
  });

  test("a password is never printed", async () => {
    const env = { COSTAR_USERNAME: "dana", COSTAR_PW: "very-secret-word" };
    expect(JSON.stringify(await look(costar, { env }))).not.toContain("very-secret-word");
  });

  test("a missing browser is a fault once CoStar is set up", async () => {
    const startBrowser = () => Promise.reject(new Error("No Chrome or Chromium was found."));
    expect((await look(browser, { startBrowser })).status).toBe("note");
    expect((await look(browser, { startBrowser, env: { COSTAR_USERNAME: "dana" } })).status).toBe("mend");
    expect((await look(browser)).status).toBe("fine");
  });
});

describe("a relay on another PC", () => {
  const env = { RELAY_URL: "http://pc2.example:3000", RELAY_SECRET: "a secret of sixteen" };
  const askRelay = async () => ({ product: "Microsoft Outlook", accounts: ["desk@example.com"] });

  test("needs a shared secret", async () => {
    expect(await look(relay, { env: { RELAY_URL: env.RELAY_URL }, askRelay })).toMatchObject({
      status: "mend",
      cure: expect.stringMatching(/RELAY_SECRET/),
    });
    const role = { UPSTREAM_ROLE: "relay", CONSOLE_URL: "https://desk.example" };
    expect((await look(relay, { env: role })).says).toMatch(/RELAY_SECRET/);
    expect((await look(relay, { env: { ...role, RELAY_SECRET: env.RELAY_SECRET } })).cure).toMatch(
      /RELAY_PUBLIC_URL/,
    );
  });

  test("says whom it sends for, or why it does not", async () => {
    expect((await look(relay, { env, askRelay })).says).toMatch(/sends for desk@example\.com/);
    const refusing = () => Promise.reject(new MailboxError("The signature does not fit.", true));
    expect(await look(relay, { env, askRelay: refusing })).toMatchObject({
      status: "mend",
      says: expect.stringMatching(/signature/),
    });
    expect((await look(relay)).status).toBe("fine");
  });
});
