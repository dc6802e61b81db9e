import { skipOffWindows } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend } from "@/lib/parts/doctor/check";
import { findNewOutlook } from "@/lib/parts/doctor/new-outlook";
import { readRegistry } from "@/lib/parts/doctor/read-registry";
import type { RegistryView, Tools } from "@/lib/parts/doctor/tools";

export const outlookInstalled: Check = {
  id: "outlook-installed",
  group: "Outlook",
  title: "Classic Outlook",
  skip: skipOffWindows,
  look: async (tools) => {
    const id = await readRegistry(tools, "HKCR\\Outlook.Application\\CLSID", null);
    if (!id) return noOutlook(tools);
    const views = await Promise.all(
      (["64", "32"] as const).map(async (view) => ({ view, program: await serverOf(tools, id, view) })),
    );
    const found = views.find((one) => one.program !== null && tools.exists(one.program));
    if (!found)
      return mend("Outlook was installed but its program is gone.", "Repair Office in Settings, Apps.");
    const uses32 = /syswow64/i.test(tools.env.OUTLOOK_HOST ?? "");
    if (found.view === "32" && views[0]?.program === null && !uses32)
      return mend(
        "Only 32-bit programs can start this Outlook.",
        "Set OUTLOOK_HOST to C:\\Windows\\SysWOW64\\cscript.exe, or repair Office in Settings, Apps.",
      );
    return fine(`It is installed (${found.program}).`);
  },
};

async function serverOf(tools: Tools, id: string, view: RegistryView): Promise<string | null> {
  const line = await readRegistry(tools, `HKCR\\CLSID\\${id}\\LocalServer32`, null, view);
  // A path with or without quotes, and switches behind it.
  return line === null ? null : (/^"([^"]+)"/.exec(line)?.[1] ?? line.replace(/\s+[/-]\w+.*$/, ""));
}

async function noOutlook(tools: Tools) {
  const other = (await findNewOutlook(tools)) === "absent" ? "No Outlook" : "Only the new Outlook";
  return mend(
    `${other} is installed; the new one cannot be used by other programs.`,
    "Install classic Outlook (part of Microsoft 365), or send by SMTP and IMAP (docs/mail-accounts.md).",
  );
}
