import "server-only";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { type DefinitionSource, readDefinitionFile } from "./definition-file";
import { type AgentName, parseDefinition } from "./definition-text";

export { AGENTS, AgentDefinitionError, type AgentName } from "./definition-text";

export interface AgentDefinition {
  readonly name: AgentName;
  /** First twelve hex digits of the text's SHA-256: another text is another version. */
  readonly version: string;
  readonly model?: string | undefined;
  readonly prompt: string;
}

/** Texts by agent and version; a version's text never changes, so these are never stale. */
const known = new Map<string, AgentDefinition>();

/**
 * The definition an agent runs with now: the version made live in Settings, or else the file. Which one is live is asked
 * each time, so a change counts for the next run in every process; its text is read once.
 * @throws {AgentDefinitionError}
 */
export async function readAgentDefinition(name: AgentName): Promise<AgentDefinition> {
  const active = unwrapMaybe(
    await serviceDb()
      .from("agent_definitions")
      .select("version")
      .eq("agent", name)
      .eq("active", true)
      .maybeSingle(),
  );
  return active ? readDefinitionVersion(name, active.version) : readFromFile(name);
}

/** A version that was kept, live or not. @throws {AgentDefinitionError} */
export async function readDefinitionVersion(name: AgentName, version: string): Promise<AgentDefinition> {
  const cached = known.get(`${name} ${version}`);
  if (cached) return cached;
  const { source } = unwrap(
    await serviceDb()
      .from("agent_definitions")
      .select("source")
      .eq("agent", name)
      .eq("version", version)
      .single(),
  );
  return remember(name, { version, source });
}

async function readFromFile(name: AgentName): Promise<AgentDefinition> {
  const file = await readDefinitionFile(name);
  const cached = known.get(`${name} ${file.version}`);
  if (cached) return cached;
  const definition = remember(name, file);
  await keepFileVersion(name, file);
  return definition;
}

function remember(name: AgentName, { version, source }: DefinitionSource): AgentDefinition {
  const { model, prompt } = parseDefinition(source);
  const definition = { name, version, model, prompt };
  known.set(`${name} ${version}`, definition);
  return definition;
}

/** Keeps the file's text too, so that its runs can show it after the file changed. */
export async function keepFileVersion(name: AgentName, file: DefinitionSource): Promise<void> {
  unwrap(
    await serviceDb().rpc("keep_agent_definition", {
      p_agent: name,
      p_source: file.source,
      p_origin: "file",
      p_author: "file",
    }),
  );
}
