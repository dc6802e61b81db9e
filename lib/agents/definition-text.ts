import { z } from "zod";
import { Refused } from "@/lib/server/refused";
import { LEARNINGS_HEADING } from "./learnings/fit-learnings";

export const AGENTS = ["sourcing-agent", "response-classifier"] as const;
export type AgentName = (typeof AGENTS)[number];

/** Above this a definition would crowd out what it is about. */
const LARGEST_DEFINITION_BYTES = 65_536;

/** What a definition must speak of: fields of its input it has to use, and of its answer it has to give. */
const REQUIRED_FIELDS: Readonly<Record<AgentName, readonly string[]>> = {
  "sourcing-agent": ["criteria", "lookups", "feedback", "strategy", "payloads"],
  "response-classifier": ["facts", "category", "confidence", "reason"],
};

const frontMatterSchema = z.object({
  name: z.enum(AGENTS, { error: `must be one of ${AGENTS.join(", ")}` }),
  description: z.string({ error: "is missing" }).min(10, "is too short: say what the agent does").max(500),
  // It becomes an argument of the CLI, so it must not look like a flag.
  model: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:@/[\]-]{0,99}$/, "is no model's name")
    .optional(),
});

export interface DefinitionText {
  readonly name: AgentName;
  readonly description: string;
  readonly model?: string | undefined;
  /** The system prompt: everything below the front matter. */
  readonly prompt: string;
}

/** A definition cannot be used; the message says what is wrong with it. */
export class AgentDefinitionError extends Refused {
  override name = "AgentDefinitionError";
}

/** The same text on every platform: a checkout on Windows writes other line ends, which is no other version. */
export function normalizeDefinition(source: string): string {
  return `${source
    .replaceAll("\r\n", "\n")
    .replace(/^\uFEFF/, "")
    .trim()}\n`;
}

/**
 * Reads a definition: front matter of `key: value` lines between `---` lines, then the system prompt.
 * @throws {AgentDefinitionError}
 */
export function parseDefinition(source: string): DefinitionText {
  const { fields, prompt } = split(source);
  const parsed = frontMatterSchema.safeParse(fields);
  if (!parsed.success)
    throw new AgentDefinitionError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "),
    );
  if (prompt === "") throw new AgentDefinitionError("there is nothing below the front matter");
  return { ...parsed.data, prompt };
}

/** Everything that speaks against using a text as this agent's definition, one sentence each; empty when it is good. */
export function findDefinitionProblems(agent: AgentName, source: string): string[] {
  const bytes = new TextEncoder().encode(source).length;
  if (bytes > LARGEST_DEFINITION_BYTES)
    return [`It is ${bytes} bytes long; ${LARGEST_DEFINITION_BYTES} are allowed.`];
  let text: DefinitionText;
  try {
    text = parseDefinition(source);
  } catch (error) {
    if (error instanceof AgentDefinitionError) return [`The front matter: ${error.message}.`];
    throw error;
  }
  const unknown = Object.keys(split(source).fields).filter((key) => !(key in frontMatterSchema.shape));
  const missing = REQUIRED_FIELDS[agent].filter((field) => !text.prompt.includes(`\`${field}\``));
  return [
    ...(text.name === agent ? [] : [`It names ${text.name}, but this is ${agent}.`]),
    ...unknown.map(
      (key) => `The front matter has “${key}”, which nothing here reads. Tools are never given.`,
    ),
    ...(new RegExp(`^# ${agent}\\s*$`, "m").test(text.prompt)
      ? []
      : [`The prompt must begin with the heading “# ${agent}”.`]),
    ...missing.map((field) => `The prompt must say what \`${field}\` is, in backticks.`),
    ...(text.prompt.includes(LEARNINGS_HEADING)
      ? [`“${LEARNINGS_HEADING}” is written by the system; leave it out.`]
      : []),
  ];
}

/** The same definition with another model in its front matter. @throws {AgentDefinitionError} */
export function withModel(source: string, model: string): string {
  parseDefinition(source);
  const [, head = "", rest = ""] = FRONT_MATTER.exec(normalizeDefinition(source)) ?? [];
  const lines = head.split("\n").filter((line) => !/^\s*model\s*:/.test(line) && line.trim() !== "");
  const changed = `---\n${[...lines, `model: ${model}`].join("\n")}\n---\n${rest}`;
  parseDefinition(changed);
  return normalizeDefinition(changed);
}

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*\n([\s\S]*)$/;

function split(source: string): { fields: Record<string, string>; prompt: string } {
  const [, head, prompt] = FRONT_MATTER.exec(normalizeDefinition(source)) ?? [];
  if (head === undefined || prompt === undefined)
    throw new AgentDefinitionError("it must start with front matter between --- lines");
  const fields: Record<string, string> = {};
  for (const line of head.split("\n").filter((one) => one.trim() !== "")) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new AgentDefinitionError(`“${line.trim()}” is not written as “key: value”`);
    fields[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return { fields, prompt: prompt.trim() };
}
