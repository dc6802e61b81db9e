import path from "node:path";
import { z } from "zod";
import type { Tools } from "./tools";

const COMMAND =
  "@(Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | ForEach-Object { $_.productState }) -join ','";

const states = z.array(z.coerce.number().int());

/**
 * Whether Windows' security centre knows a virus scanner that is on and up to date; null where it does not say (Windows
 * Server has no such centre). Bits of productState: 0x1000 in the second byte is "on", 0x10 in the last "out of date".
 */
export async function hasCurrentVirusScanner({
  run,
  given,
}: Pick<Tools, "run" | "given">): Promise<boolean | null> {
  const powershell = path.win32.join(
    given.SystemRoot ?? "C:\\Windows",
    "System32\\WindowsPowerShell\\v1.0\\powershell.exe",
  );
  const result = await run(powershell, ["-NoProfile", "-NonInteractive", "-Command", COMMAND], 30_000);
  if (result.outcome !== "ended" || result.exitCode !== 0) return null;
  const list = states.safeParse(result.stdout.trim().split(",").filter(Boolean));
  if (!list.success) return null;
  return list.data.some((state) => (state & 0xf000) === 0x1000 && (state & 0xf0) === 0);
}
