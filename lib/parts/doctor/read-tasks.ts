import { systemProgram } from "./read-registry";
import type { Tools } from "./tools";

export interface Task {
  readonly pid: string;
  /** Windows session number */
  readonly session: string;
  /** Null where Windows does not say: another user's, or a program that runs elevated while we do not */
  readonly user: string | null;
}

/** Running programs that pass a tasklist filter ("IMAGENAME eq X.EXE"). Columns are read by place; their names are translated. */
export async function readTasks(
  { run, given }: Pick<Tools, "run" | "given">,
  filter: string,
): Promise<Task[]> {
  const args = ["/FI", filter, "/FO", "CSV", "/NH", "/V"];
  const { stdout } = await run(systemProgram(given, "tasklist.exe"), args, 10_000);
  return stdout.split(/\r?\n/).flatMap((line): Task[] => {
    const cells = [...line.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "");
    const [, pid, , session, , , user] = cells;
    if (!pid || !session || !/^\d+$/.test(pid)) return [];
    // DOMAIN\name; a translated "not available" has no backslash.
    return [{ pid, session, user: user?.includes("\\") ? user : null }];
  });
}
