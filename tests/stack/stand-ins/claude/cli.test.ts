import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "@/stack/claude/cli/run-cli";
import { buildStandIn } from "../build-stand-in";
import {
  askAgent,
  CLASSIFIER_PROMPT,
  productFlags,
  SOURCING_PROMPT,
  sourcingInput,
  stdinOf,
} from "./claude-under-test";

const mail = { from: "a@b.example", subject: "Re: x", text: "Asking $5M.", receivedAt: "2026-06-01" };
const classifierInput = { mail, sent: null, facts: {} };

async function run(args: string[], stdin = "Input:\n{}", env: Record<string, string> = {}) {
  return await runCli(args, env, async () => stdin);
}

describe("the claude stand-in's command line", () => {
  it("says in its version that it is a stand-in", async () => {
    expect(await run(["--version"])).toEqual({
      stdout: "2.1.330 (Claude Code stand-in)",
      stderr: "",
      exitCode: 0,
    });
  });

  it("answers the product's flags with the real envelope, at no cost", async () => {
    const { stdout, exitCode, stderr } = await askAgent(CLASSIFIER_PROMPT, classifierInput);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).not.toContain("\n");
    expect(JSON.parse(stdout)).toMatchObject({
      type: "result",
      subtype: "success",
      is_error: false,
      stand_in: true,
      structured_output: { category: "pricing_given" },
      total_cost_usd: 0,
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      duration_ms: expect.any(Number),
      usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
      modelUsage: { "claude-sonnet": { costUSD: 0 } },
    });
  });

  it.each([
    ["an unknown flag", ["-p", "--no-such-flag"], "Input:\n{}", /unknown option '--no-such-flag'/],
    ["a flag without its value", ["-p", "--model"], "Input:\n{}", /argument missing/],
    ["empty standard input", ["-p"], " \n", /Input must be provided/],
    ["a schema that is no JSON", ["-p", "--json-schema", "schema.json"], "x", /not valid JSON/],
    ["an unknown type in the schema", ["-p", "--json-schema", '{"type":"banana"}'], "x", /banana/],
    [
      "another schema dialect",
      ["-p", "--json-schema", '{"$schema":"https://json-schema.org/draft/2020-12/schema"}'],
      "x",
      /draft-07/,
    ],
    ["a system prompt that is not there", ["-p", "--system-prompt-file", "/no/such/file"], "x", /ENOENT/],
  ])("ends with exit code 1, a message and an empty stdout for %s", async (_what, args, stdin, message) => {
    const ended = await run(args, stdin);
    expect(ended).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ended.stderr).toMatch(message);
  });

  it("answers other prompts in words, without structured output", async () => {
    const flags = [
      "-p",
      "--output-format",
      "json",
      "--system-prompt",
      "# another-agent",
      "--json-schema",
      "{}",
    ];
    const envelope = JSON.parse((await run(flags, "Input:\n{}")).stdout);
    expect(envelope).toMatchObject({ is_error: false, result: expect.stringContaining("stand-in") });
    expect(envelope).not.toHaveProperty("structured_output");
  });

  it("fails as the real one when its answer cannot meet the schema", async () => {
    const schema = '{"type":"object","properties":{"label":{"enum":["a"]}},"required":["label"]}';
    const flags = await productFlags(CLASSIFIER_PROMPT, schema);
    const ended = await runCli(flags, {}, async () => stdinOf(classifierInput));
    expect(ended.exitCode).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      is_error: true,
      subtype: "error_max_structured_output_retries",
      errors: [expect.stringContaining("label")],
    });
  });
});

describe("CLAUDE_STANDIN_FAIL", () => {
  const ask = async (failure: string, input: unknown = sourcingInput()) => {
    const ended = await askAgent(SOURCING_PROMPT, input, { CLAUDE_STANDIN_FAIL: failure });
    return { exitCode: ended.exitCode, envelope: JSON.parse(ended.stdout) };
  };

  it("prose: success without structured output", async () => {
    const { exitCode, envelope } = await ask("prose");
    expect(exitCode).toBe(0);
    expect(envelope).toMatchObject({ subtype: "success", is_error: false });
    expect(envelope).not.toHaveProperty("structured_output");
  });

  it("error: the envelope of an overloaded API", async () => {
    const { exitCode, envelope } = await ask("error");
    expect(exitCode).toBe(1);
    expect(envelope).toMatchObject({ subtype: "success", is_error: true, api_error_status: 529 });
  });

  it("not-logged-in: as without a key", async () => {
    const { exitCode, envelope } = await ask("not-logged-in");
    expect(exitCode).toBe(1);
    expect(envelope).toMatchObject({ is_error: true, api_error_status: null });
    expect(envelope.result).toContain("Not logged in");
  });

  it("invalid: a market nobody knows; invalid-once: only until told", async () => {
    const ids = (answer: Awaited<ReturnType<typeof ask>>) =>
      answer.envelope.structured_output.payloads[0].payload["0"].Geography.Filter.Ids;
    expect(ids(await ask("invalid"))).toEqual([999_999]);
    expect(ids(await ask("invalid-once"))).toEqual([999_999]);
    expect(ids(await ask("invalid-once", sourcingInput({}, { errors: ["unknown market"] })))).toEqual([605]);
  });

  it("refuses a failure it does not know", async () => {
    const ended = await run(["-p"], "x", { CLAUDE_STANDIN_FAIL: "sometimes" });
    expect(ended).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("sometimes") });
  });
});

describe("the built executable", () => {
  let claude: string;
  beforeAll(async () => {
    claude = await buildStandIn("stack/claude/main.ts");
  });

  it("reads standard input and prints one line", async () => {
    const child = execFile(process.execPath, [
      claude,
      "-p",
      "--output-format",
      "json",
      "--system-prompt",
      CLASSIFIER_PROMPT,
      "--json-schema",
      "{}",
    ]);
    let stdout = "";
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stdin?.end(stdinOf(classifierInput));
    const [exitCode] = await once(child, "close");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).structured_output.facts.askingPriceUsd).toBe(5_000_000);
  });

  it("hang: never answers, and ends with 143 and nothing printed when told to stop", async () => {
    const child = spawn(process.execPath, [claude, "-p", "--output-format", "json"], {
      env: { ...process.env, CLAUDE_STANDIN_FAIL: "hang" },
    });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    // Standard input is taken in full only once the program runs and its signal handler is in place.
    await new Promise((resolve) => child.stdin.end(`Input:\n${"x".repeat(1_000_000)}`, () => resolve(null)));
    child.kill("SIGTERM");
    const [exitCode] = await once(child, "close");
    expect({ exitCode, stdout }).toEqual({ exitCode: 143, stdout: "" });
  });
});
