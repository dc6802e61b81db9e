import path from "node:path";
import { readNumber } from "./read-registry";
import type { Tools } from "./tools";

const PREFERENCES = "HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook\\Preferences";

/** Whether the new Outlook (olk.exe) is here, and whether classic Outlook was switched over to it. */
export async function findNewOutlook(tools: Tools): Promise<"absent" | "installed" | "switched on"> {
  if ((await readNumber(tools, PREFERENCES, "UseNewOutlook")) === 1) return "switched on";
  const apps = tools.given.LOCALAPPDATA;
  const isThere = apps && tools.exists(path.win32.join(apps, "Microsoft", "WindowsApps", "olk.exe"));
  return isThere ? "installed" : "absent";
}
