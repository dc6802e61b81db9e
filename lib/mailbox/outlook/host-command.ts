import path from "node:path";
import { MailboxError } from "../mailbox-error";
import type { HostCommand } from "./run-host";

/** What `hostCommand` needs to know about where it runs. */
export interface HostPlace {
  readonly outlookHost: string | undefined;
  readonly platform: NodeJS.Platform;
  readonly root: string;
  readonly systemRoot: string | undefined;
}

/**
 * The program that talks to Outlook: Windows' own script host with our script, or whatever OUTLOOK_HOST names. Another
 * cscript.exe (the 32-bit one in SysWOW64) is given our script as well.
 * @throws {MailboxError} where there is no Outlook and nothing was set.
 */
export function hostCommand({ outlookHost, platform, root, systemRoot }: HostPlace): HostCommand {
  const script = path.join(root, "lib", "mailbox", "outlook", "outlook-host.js");
  // The engine is named because on many PCs .js files belong to an editor, and cscript would not know what to do.
  const fixed = ["//Nologo", "//E:JScript", script] as const;
  if (outlookHost) {
    if (/(^|[\\/])cscript(\.exe)?$/i.test(outlookHost)) return [outlookHost, ...fixed];
    return /\.(mjs|cjs|js)$/.test(outlookHost) ? [process.execPath, outlookHost] : [outlookHost];
  }
  if (platform === "win32")
    return [path.win32.join(systemRoot ?? "C:\\Windows", "System32", "cscript.exe"), ...fixed];
  throw new MailboxError(
    "Outlook runs on Windows only. Set OUTLOOK_HOST to a program that keeps its contract.",
    true,
    { kind: "unreachable" },
  );
}
