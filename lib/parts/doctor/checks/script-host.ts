import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { skipOffWindows } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend } from "@/lib/parts/doctor/check";
import { readRegistry, systemProgram } from "@/lib/parts/doctor/read-registry";
import type { Tools } from "@/lib/parts/doctor/tools";

const SETTINGS = "\\Software\\Microsoft\\Windows Script Host\\Settings";
const SCRIPT = 'WScript.Echo("engine " + ScriptEngineMajorVersion() + "." + ScriptEngineMinorVersion());\n';

export const scriptHost: Check = {
  id: "script-host",
  group: "Outlook",
  title: "Windows Script Host",
  skip: skipOffWindows,
  look: async (tools) => {
    const program = tools.env.OUTLOOK_HOST ?? systemProgram(tools.given, "cscript.exe");
    if (!/cscript(\.exe)?$/i.test(program)) return fine(`${program} is used instead of it.`);
    if (!tools.exists(program))
      return mend(`${program} is not there.`, "Ask whoever runs this PC to restore Windows Script Host.");
    for (const hive of ["HKLM", "HKCU"]) {
      const enabled = await readRegistry(tools, hive + SETTINGS, "Enabled");
      if (enabled !== null && /^(0x0|0)$/.test(enabled))
        return mend(
          `A policy turns Windows Script Host off (${hive}${SETTINGS}, Enabled = 0).`,
          "Ask whoever runs this PC to allow it, or send by SMTP and IMAP (docs/mail-accounts.md).",
        );
    }
    return runScript(tools, program);
  },
};

/** The engine itself can be removed or blocked; only running a script shows it. */
async function runScript(tools: Tools, program: string) {
  const file = path.join(os.tmpdir(), `upstream-doctor-${randomUUID()}.js`);
  await writeFile(file, SCRIPT, { mode: 0o600, flag: "wx" });
  try {
    const { outcome, stdout, stderr } = await tools.run(program, ["//Nologo", "//E:JScript", file], 10_000);
    const version = /engine (\d+\.\d+)/.exec(stdout)?.[1];
    if (outcome === "ended" && version) return fine(`It runs JScript ${version} (${program}).`);
    return mend(
      `${program} does not run scripts: ${(stderr || stdout).trim().slice(0, 200) || outcome}.`,
      "Allow scripts in the virus scanner or policy (AppLocker), or send by SMTP and IMAP.",
    );
  } finally {
    await rm(file, { force: true });
  }
}
