import "server-only";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { AgentDefinitionError, type AgentName, normalizeDefinition } from "./definition-text";

export interface DefinitionSource {
  readonly version: string;
  readonly source: string;
}

/** First twelve hex digits of a definition's SHA-256: another text is another version. The database computes the same. */
export function definitionVersion(source: string): string {
  return createHash("sha256").update(normalizeDefinition(source)).digest("hex").slice(0, 12);
}

/**
 * What `.claude/agents/<name>.md` holds now.
 * @throws {AgentDefinitionError} when it cannot be read.
 */
export async function readDefinitionFile(name: AgentName): Promise<DefinitionSource> {
  const file = path.join(process.cwd(), ".claude", "agents", `${name}.md`);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AgentDefinitionError(`There is no agent definition at ${file}.`, { cause });
  });
  const source = normalizeDefinition(text);
  return { version: definitionVersion(source), source };
}
