import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cliArguments, cliEnvironment } from "@/lib/agents/cli-command";
import { toCliSchema } from "@/lib/agents/cli-schema";
import { sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";
import { classificationSchema } from "@/lib/replies/classification";

const FACTS = { systemPromptFile: "/t/system.txt", jsonSchema: "{}", model: "sonnet", budgetUsd: 0.5 };

describe("how Claude Code is started", () => {
  test("no tool, no settings, no session, no slash command, bounded turns and cost", () => {
    const argv = cliArguments(FACTS);
    const argumentOf = (flag: string) => argv[argv.indexOf(flag) + 1];
    expect(argv[0]).toBe("-p");
    expect(argumentOf("--tools")).toBe("");
    expect(argumentOf("--setting-sources")).toBe("");
    expect(argumentOf("--permission-mode")).toBe("dontAsk");
    expect(argumentOf("--max-turns")).toBe("4");
    expect(argumentOf("--max-budget-usd")).toBe("0.5000");
    expect(JSON.parse(argumentOf("--settings") ?? "")).toEqual({
      permissions: { deny: ["Read"] },
      disableAllHooks: true,
    });
    expect(argv).toEqual(
      expect.arrayContaining(["--strict-mcp-config", "--disable-slash-commands", "--no-session-persistence"]),
    );
    // It reads no subscription login.
    expect(argv).not.toContain("--bare");
  });

  test("the command fits Windows, also with the largest schema", () => {
    for (const schema of [sourcingAnswerSchema, classificationSchema]) {
      const argv = cliArguments({ ...FACTS, jsonSchema: toCliSchema(schema) });
      // 32,767 is all a command line may have there; every quote of the schema may be escaped.
      expect(argv.join(" ").replaceAll('"', '\\"').length).toBeLessThan(24_000);
    }
  });

  test("file mentions, attachments, memories and telemetry are off, retries and each try bounded, whatever was set", () => {
    const environment = cliEnvironment(
      { PATH: "/bin", CLAUDE_CODE_MAX_RETRIES: "10", CLAUDE_CODE_DISABLE_ATTACHMENTS: "0" },
      120_000,
    );
    expect(environment).toMatchObject({
      PATH: "/bin",
      CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
      CLAUDE_CODE_DISABLE_FILE_MENTIONS: "1",
      CLAUDE_CODE_DISABLE_CLAUDE_MDS: "1",
      CLAUDE_CODE_DISABLE_AUTO_MEMORY: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_MAX_RETRIES: "2",
      MAX_STRUCTURED_OUTPUT_RETRIES: "3",
      API_TIMEOUT_MS: "60000",
    });
    expect(cliEnvironment({}, 20_000).API_TIMEOUT_MS).toBe("20000");
  });

  test("an agent is never handed this product's keys and passwords, and keeps its own login", () => {
    const ours = fc.constantFrom(
      ...["SUPABASE_SERVICE_KEY", "COSTAR_PW", "RELAY_SECRET", "UPSTREAM_ADMIN_PASSWORD", "MAIL_PASSWORD"],
      ...["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY", "COSTAR_USERNAME"],
    );
    fc.assert(
      fc.property(ours, fc.string({ minLength: 1 }), (name, secret) => {
        const environment = cliEnvironment({ [name]: secret, ANTHROPIC_API_KEY: "own", HOME: "/h" }, 1000);
        expect(environment).not.toHaveProperty(name);
        expect(environment).toMatchObject({ ANTHROPIC_API_KEY: "own", HOME: "/h" });
      }),
    );
  });
});
