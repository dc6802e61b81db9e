import path from "node:path";
import { z } from "zod";
import { skipOffWindows } from "@/lib/parts/doctor/applies";
import { type Check, type Finding, fine, mend, note } from "@/lib/parts/doctor/check";
import { readNumber } from "@/lib/parts/doctor/read-registry";
import type { Tools } from "@/lib/parts/doctor/tools";

const COMMAND =
  "@(Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | ForEach-Object { $_.productState }) -join ','";

const states = z.array(z.coerce.number().int());

/**
 * Whether Windows' security centre knows a virus scanner that is on and up to date; null where it does not say (Windows
 * Server has no such centre). Bits of productState: 0x1000 in the second byte is "on", 0x10 in the last "out of date".
 */
async function hasCurrentVirusScanner({ run, given }: Pick<Tools, "run" | "given">): Promise<boolean | null> {
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

const POLICY = "\\Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Security";
const GUARDS = [
  `HKLM${POLICY}`,
  `HKCU${POLICY}`,
  "HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Outlook\\Security",
  "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\REGISTRY\\MACHINE\\Software\\Microsoft\\Office\\16.0\\Outlook\\Security",
] as const;
const TRUST_CENTER = "In Outlook: File, Options, Trust Center, Trust Center Settings, Programmatic Access";

/** Whether Outlook will ask a person each time a program sends. A question nobody sees is a relay that hangs. */
export const programmaticAccess: Check = {
  id: "programmatic-access",
  group: "Outlook",
  title: "Programmatic access",
  limitMs: 60_000,
  skip: skipOffWindows,
  look: async (tools) => (await byPolicy(tools)) ?? (await byGuard(tools)) ?? byVirusScanner(tools),
};

/** AdminSecurityMode 3: an administrator decided each question in advance (0 deny, 1 ask, 2 allow). */
async function byPolicy(tools: Tools): Promise<Finding | null> {
  if ((await readNumber(tools, `HKCU${POLICY}`, "AdminSecurityMode")) !== 3) return null;
  const send = await readNumber(tools, `HKCU${POLICY}`, "PromptOOMSend");
  if (send === 2) return fine("A policy lets programs send without asking.");
  const what = send === 0 ? "forbids programs to send" : "asks each time a program sends";
  return mend(`A policy of your company ${what}.`, "Ask your administrator to set PromptOOMSend to allow.");
}

async function byGuard(tools: Tools): Promise<Finding | null> {
  for (const key of GUARDS) {
    for (const view of ["64", "32"] as const) {
      const guard = await readNumber(tools, key, "ObjectModelGuard", view);
      if (guard === 2) return fine("Outlook is set never to warn about programs.");
      if (guard === 1)
        return mend(
          "Outlook is set to always warn when a program sends.",
          `${TRUST_CENTER}: choose “Warn me … when my antivirus software is inactive or out-of-date”.`,
        );
    }
  }
  return null;
}

async function byVirusScanner(tools: Tools): Promise<Finding> {
  const isCurrent = await hasCurrentVirusScanner(tools);
  if (isCurrent) return fine("A current virus scanner runs, so Outlook does not ask.");
  if (isCurrent === null)
    return note(
      "Windows does not say whether a virus scanner runs; without one Outlook asks at every mail.",
      `${TRUST_CENTER}: look what “Antivirus status” says; it should say Valid.`,
    );
  return mend(
    "No current virus scanner runs, so Outlook asks at every mail.",
    "Turn the virus scanner on and update it (Windows Security).",
  );
}
