import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test, vi } from "vitest";
import { askClaude, type CliCall } from "@/lib/agents/claude-cli";
import { AgentError } from "@/lib/agents/failure";

const folder = mkdtempSync(path.join(os.tmpdir(), "agent-cli-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

const call = (file: string, more: Partial<CliCall> = {}): CliCall => ({
  program: file,
  systemPrompt: "# ping",
  input: {},
  jsonSchema: "{}",
  model: "m",
  timeoutMs: 10_000,
  budgetUsd: 0.5,
  ...more,
});

/** Answers with what it was given: its arguments, standard input, folder and environment. */
const mirror = program(
  "mirror",
  `#!${process.execPath}
const fs = require("node:fs");
const given = { argv: process.argv.slice(2), stdin: fs.readFileSync(0, "utf8"), cwd: process.cwd(), files: fs.readdirSync("."), home: process.env.HOME };
process.stdout.write(JSON.stringify({ type: "result", is_error: false, structured_output: given }));
`,
);
interface Given {
  readonly argv: string[];
  readonly stdin: string;
  readonly cwd: string;
  readonly files: string[];
}
const ask = async (input: unknown) =>
  (await askClaude(call(mirror, { input, jsonSchema: '{"type":"object"}' }))).output as Given;

/** Whether it still runs; one that ended and that nobody asked after (a zombie) does not. */
function isAlive(pid: number | undefined): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

const HOSTILE = [
  "@/etc/passwd",
  ' @"C:\\Users\\x"',
  "@\\\\host\\share\\x",
  "/init",
  "--dangerously-skip-permissions",
  "$(touch owned)",
  "`id`",
  "; rm -rf .",
  "%PATH% ^& calc",
  "\u0000\u001b]0;x\u0007",
  "-p\n/cost",
];

describe("no text from outside", () => {
  test("becomes an argument, a command, a mention or a file; it arrives whole, as data", async () => {
    const before = (await ask({ mail: { text: "harmless" } })).argv;
    const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" }));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
        const input = { mail: { text: texts.join(" ") }, [texts[0] ?? ""]: texts };
        const given = await ask(input);
        const withoutFolder = (argv: readonly string[]) =>
          argv.map((arg) => arg.replace(/^.*system\.txt$/, "S"));
        expect(withoutFolder(given.argv)).toEqual(withoutFolder(before));
        expect(given.stdin.startsWith("Input:\n")).toBe(true);
        expect(given.stdin).not.toContain("@");
        expect(JSON.parse(given.stdin.slice("Input:\n".length))).toEqual(JSON.parse(JSON.stringify(input)));
        expect(given.files).toEqual(["system.txt"]);
      }),
      { numRuns: 12 },
    );
    expect(existsSync(path.join(folder, "owned"))).toBe(false);
  }, 30_000);

  test("stays in the working folder afterwards", async () => {
    const { cwd } = await ask({});
    await vi.waitFor(() => expect(existsSync(cwd)).toBe(false));
  });

  test("larger than Claude Code takes is refused before anything is started", async () => {
    const input = { text: "x".repeat(10_000_001) };
    await expect(askClaude(call("/nowhere/claude", { input }))).rejects.toMatchObject({ kind: "too_large" });
  });
});

describe("a program that goes wrong", () => {
  test("that is not there, or cannot be started, is said to be not installed", async () => {
    await expect(askClaude(call("/nowhere/claude"))).rejects.toMatchObject({ kind: "not_installed" });
    const plain = path.join(folder, "plain");
    writeFileSync(plain, "not a program");
    await expect(askClaude(call(plain))).rejects.toMatchObject({ kind: "not_installed" });
  });

  test("that prints without end, or is ended by somebody else, is said to be broken, with why", async () => {
    const chatty = program("chatty", "#!/bin/sh\nexec yes\n");
    await expect(askClaude(call(chatty))).rejects.toMatchObject({
      kind: "broken",
      detail: /more than 10 MB/,
    });
    const ended = program("ended", "#!/bin/sh\nkill -TERM $$\n");
    await expect(askClaude(call(ended))).rejects.toMatchObject({ kind: "broken" });
  });

  test("that ends with an error and no envelope is said in its own words", async () => {
    const old = program("old", "#!/bin/sh\necho \"error: unknown option '--tools'\" >&2\nexit 1\n");
    const error = await askClaude(call(old)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AgentError);
    expect(error).toMatchObject({ kind: "outdated", detail: "error: unknown option '--tools'" });
  });

  test("that does not read its input is no crash of ours", async () => {
    const deaf = program("deaf", "#!/bin/sh\nexit 3\n");
    await expect(askClaude(call(deaf, { input: "x".repeat(1_000_000) }))).rejects.toMatchObject({
      kind: "broken",
    });
  });

  test("that does not end in time is ended with all it started, also when both ignore being told", async () => {
    const pids = path.join(folder, "pids");
    const stubborn = program(
      "stubborn",
      `#!/bin/sh\ntrap '' TERM\n(trap '' TERM; while :; do sleep 1; done) &\necho "$$ $!" > ${pids}\nwait\nwhile :; do sleep 1; done\n`,
    );
    await expect(askClaude(call(stubborn, { timeoutMs: 400, graceMs: 100 }))).rejects.toMatchObject({
      kind: "timed_out",
    });
    const [leader, child] = readFileSync(pids, "utf8").trim().split(" ").map(Number);
    await vi.waitFor(() => expect([leader, child].filter(isAlive)).toEqual([]));
  });
});
