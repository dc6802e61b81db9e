import "server-only";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export const AGENTS = ["sourcing-agent", "response-classifier"] as const;
export type AgentName = (typeof AGENTS)[number];

export interface AgentDefinition {
  readonly name: AgentName;
  /** First twelve hex digits of the file's SHA-256: another text is another version. */
  readonly version: string;
  readonly model?: string;
  readonly prompt: string;
}

const frontMatterSchema = z.object({
  name: z.enum(AGENTS),
  description: z.string(),
  model: z.string().optional(),
});

/** An agent's file is missing or its front matter is not what it must be. */
export class AgentDefinitionError extends Error {
  override name = "AgentDefinitionError";
}

/**
 * Reads `.claude/agents/<name>.md`: front matter between `---` lines, then the system prompt.
 * @throws {AgentDefinitionError}
 */
export async function readAgentDefinition(name: AgentName): Promise<AgentDefinition> {
  const file = path.join(process.cwd(), ".claude", "agents", `${name}.md`);
  const source = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AgentDefinitionError(`There is no agent definition at ${file}.`, { cause });
  });
  const [, head, prompt] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  if (head === undefined || prompt === undefined)
    throw new AgentDefinitionError(`${file} must start with front matter between --- lines.`);
  const fields = Object.fromEntries(
    head.split("\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
  const parsed = frontMatterSchema.safeParse(fields);
  if (!parsed.success) throw new AgentDefinitionError(`${file}: ${z.prettifyError(parsed.error)}`);
  const version = createHash("sha256").update(source).digest("hex").slice(0, 12);
  return { name: parsed.data.name, version, model: parsed.data.model, prompt: prompt.trim() };
}
