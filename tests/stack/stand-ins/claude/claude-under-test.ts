import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { z } from "zod";
import { sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";
import { classificationSchema } from "@/lib/replies/classification";
import { type CliRun, runCli } from "@/stack/claude/cli/run-cli";
import { MARKET_AREAS } from "@/stack/costar-site/market/market-areas";
import { OWNER_TYPE_WEIGHTS, PROPERTY_KINDS } from "@/stack/costar-site/market/property-kinds";

export const SOURCING_PROMPT = "# sourcing-agent\n\nYou write CoStar payloads.\n";
export const CLASSIFIER_PROMPT = "# response-classifier\n\nYou sort replies.\n";

export const lookups = {
  markets: MARKET_AREAS.map(({ id, name }) => ({ id, name, marketFilter: true })),
  propertyTypes: PROPERTY_KINDS.map(({ id, name, marketFilter }) => ({ id, name, marketFilter })),
  ownerTypes: OWNER_TYPE_WEIGHTS.map(([id]) => ({ id, name: `owner type ${id}`, marketFilter: true })),
};

/** The schema as the product hands it over: draft-07, no `$schema`, no `format`. */
function cliSchema(schema: z.ZodType): string {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return JSON.stringify(plain, (key, value) =>
    key === "format" && typeof value === "string" ? undefined : value,
  );
}

export function stdinOf(input: unknown): string {
  return `Input:\n${JSON.stringify(input).replaceAll("@", "\\u0040")}`;
}

const folder = mkdtempSync(path.join(os.tmpdir(), "agent-under-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let prompts = 0;

/** The flags the product uses. */
export async function productFlags(systemPrompt: string, schema: string): Promise<string[]> {
  const file = path.join(folder, `system-${++prompts}.txt`);
  await writeFile(file, systemPrompt);
  const settings = '{"permissions":{"deny":["Read"]},"disableAllHooks":true}';
  return [
    ...["-p", "--output-format", "json", "--system-prompt-file", file, "--json-schema", schema],
    ...["--model", "claude-sonnet", "--tools", "", "--setting-sources", "", "--strict-mcp-config"],
    ...["--disable-slash-commands", "--settings", settings, "--permission-mode", "dontAsk"],
    ...["--no-session-persistence", "--max-turns", "4", "--max-budget-usd", "0.50"],
  ];
}

export async function askAgent(
  systemPrompt: string,
  input: unknown,
  env: Record<string, string> = {},
): Promise<CliRun> {
  const schema = systemPrompt === CLASSIFIER_PROMPT ? classificationSchema : sourcingAnswerSchema;
  const flags = await productFlags(systemPrompt, cliSchema(schema));
  return await runCli(flags, env, async () => stdinOf(input));
}

export function sourcingInput(criteria: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) {
  return {
    criteria: {
      buyer: { name: "Blue Door Capital" },
      criteria: {
        name: "Test search",
        propertyTypes: ["Industrial"],
        markets: ["Los Angeles"],
        strategies: [],
        assetClasses: [],
        tenancy: [],
        notes: "",
        marketsFlexible: false,
        priceFlexible: false,
        ...criteria,
      },
    },
    lookups,
    today: "2026-06-01",
    ...rest,
  };
}

export async function sourcing(
  criteria: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
  systemPrompt = SOURCING_PROMPT,
) {
  const run = await askAgent(systemPrompt, sourcingInput(criteria, rest));
  return sourcingAnswerSchema.parse(JSON.parse(run.stdout).structured_output);
}

export async function classify(text: string, subject = "Re: 1234 Main St") {
  const mail = { from: "Jane Doe <jane@owner.example>", subject, text, receivedAt: "2026-06-01T10:00:00Z" };
  const run = await askAgent(CLASSIFIER_PROMPT, { mail, sent: null, facts: {} });
  return classificationSchema.parse(JSON.parse(run.stdout).structured_output);
}
