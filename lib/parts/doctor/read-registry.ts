import path from "node:path";
import type { RegistryView, Tools } from "./tools";

type Reader = Pick<Tools, "run" | "given">;

export function systemProgram(given: Tools["given"], name: string): string {
  return path.win32.join(given.SystemRoot ?? "C:\\Windows", "System32", name);
}

/**
 * One value of the Windows registry as text, null when it is not there. `name` null is the key's own value. The line is
 * recognised by its type, because reg.exe translates "(Default)".
 */
export async function readRegistry(
  { run, given }: Reader,
  key: string,
  name: string | null,
  view: RegistryView = "64",
): Promise<string | null> {
  const which = name === null ? ["/ve"] : ["/v", name];
  const result = await run(systemProgram(given, "reg.exe"), ["query", key, ...which, `/reg:${view}`], 5000);
  if (result.outcome !== "ended" || result.exitCode !== 0) return null;
  const value = /^\s+.*?\s{2,}REG_[A-Z_]+\s{2,}(.*)$/m.exec(result.stdout.replaceAll("\r", ""))?.[1];
  return value === undefined ? null : value.trim();
}

/** As `readRegistry`, for a DWORD. */
export async function readNumber(
  reader: Reader,
  key: string,
  name: string,
  view?: RegistryView,
): Promise<number | null> {
  const text = await readRegistry(reader, key, name, view);
  return text !== null && /^0x[0-9a-f]+$/i.test(text) ? Number(text) : null;
}
