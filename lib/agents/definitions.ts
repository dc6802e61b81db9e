import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { cursorOf, finishPage, type KeyColumn, startPage, startShape } from "@/lib/server/page-by-key";
import { Refused } from "@/lib/server/refused";
import { keepFileVersion } from "./definition";
import { definitionVersion, readDefinitionFile } from "./definition-file";
import {
  AgentDefinitionError,
  type AgentName,
  findDefinitionProblems,
  normalizeDefinition,
} from "./definition-text";

/** What an agent runs with now, and how the file on disk stands to it. */
export interface LiveDefinition {
  readonly agent: AgentName;
  readonly version: string;
  readonly source: string;
  readonly from: "file" | "console";
  readonly author: string;
  readonly note: string | null;
  /** Since when a version made in the console is live; null for the file. */
  readonly since: string | null;
  readonly file: {
    readonly version: string | null;
    readonly changed: boolean;
    readonly problem: string | null;
  };
}

/** The live definition with its text. The file may be another text, or gone: both are said, neither is an error. */
export async function loadLiveDefinition(db: Db, agent: AgentName): Promise<LiveDefinition> {
  const [active, file] = await Promise.all([
    db.from("agent_definitions").select("*").eq("agent", agent).eq("active", true).maybeSingle(),
    readFileOrProblem(agent),
  ]);
  const row = unwrapMaybe(active);
  if (row)
    return {
      agent,
      version: row.version,
      source: row.source,
      from: "console",
      author: row.activated_by ?? row.author,
      note: row.note,
      since: row.activated_at,
      file: {
        version: file.version,
        changed: file.version !== null && file.version !== row.file_version,
        problem: file.problem,
      },
    };
  if (file.version !== null) await keepFileVersion(agent, { version: file.version, source: file.source });
  return {
    agent,
    version: file.version ?? "",
    source: file.source,
    from: "file",
    author: "the file",
    note: null,
    since: null,
    file: { version: file.version, changed: false, problem: file.problem },
  };
}

async function readFileOrProblem(agent: AgentName) {
  try {
    return { ...(await readDefinitionFile(agent)), problem: null };
  } catch (error) {
    if (!(error instanceof AgentDefinitionError)) throw error;
    return { version: null, source: "", problem: error.message };
  }
}

export const versionViewSchema = z.object({
  ...startShape,
});
export type VersionView = z.infer<typeof versionViewSchema>;

const PAGE = 20;
const NEWEST: readonly KeyColumn[] = [
  { name: "created_at", ascending: false },
  { name: "version", ascending: false },
];

/** Every text an agent's definition had, newest first. */
export async function listDefinitionVersions(db: Db, agent: AgentName, view: VersionView) {
  const query = db
    .from("agent_definitions")
    .select("version, origin, author, note, created_at, active, activated_at")
    .eq("agent", agent);
  const rows = unwrap(await startPage(query, NEWEST, view).limit(PAGE + 1));
  return finishPage(rows, PAGE, view, (row) => cursorOf([row.created_at, row.version]));
}
export type ListedVersion = Awaited<ReturnType<typeof listDefinitionVersions>>["rows"][number];

/** One text with who wrote it; null when it was never kept. */
export async function loadDefinitionVersion(db: Db, agent: AgentName, version: string) {
  return unwrapMaybe(
    await db.from("agent_definitions").select("*").eq("agent", agent).eq("version", version).maybeSingle(),
  );
}

/**
 * Keeps a text, and makes it live when asked.
 * @param expected the version that was live when the editor was opened.
 * @returns its version.
 * @throws {Refused} with whole sentences about the text; {DatabaseError} when somebody else changed the live definition meanwhile.
 */
export async function saveDefinition(
  db: Db,
  agent: AgentName,
  input: {
    readonly source: string;
    readonly note: string;
    readonly live: boolean;
    readonly expected: string;
  },
): Promise<string> {
  const source = normalizeDefinition(input.source);
  const problems = findDefinitionProblems(agent, source);
  if (problems.length > 0) throw Refused.fields(problems.map((message) => ({ path: "source", message })));
  return unwrap(
    await db.rpc("save_agent_definition", {
      p_agent: agent,
      p_source: source,
      p_note: input.note,
      p_live: input.live,
      p_expected: input.expected,
      p_file_version: await fileVersion(agent),
    }),
  );
}

/** Makes a kept text live, or, with null, follows the file again. @throws {DatabaseError} as above. */
export async function activateDefinition(
  db: Db,
  agent: AgentName,
  version: string | null,
  expected: string,
  why: string,
): Promise<void> {
  ensure(
    await db.rpc("activate_agent_definition", {
      p_agent: agent,
      // The types know no null for an argument; the function takes it as "the file".
      p_version: version as string,
      p_expected: expected,
      p_file_version: await fileVersion(agent),
      p_why: why,
    }),
  );
}

/** The file's version as the database is told it; empty when there is no file. */
export async function fileVersion(agent: AgentName): Promise<string> {
  const file = await readFileOrProblem(agent);
  return file.version === null ? "" : definitionVersion(file.source);
}
