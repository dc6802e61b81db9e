import type { FolderHealth } from "@/lib/mailbox/list-folder-health";

const FOLDERS: Readonly<Record<string, string>> = { inbox: "Inbox", junk: "Junk", sent: "Sent" };

/** A folder as people call it. */
export function sayFolder(folder: string): string {
  return FOLDERS[folder] ?? folder;
}

/** How far reading is behind the mail that came in. */
export function sayLag(behindS: number): string {
  if (behindS <= 0) return "caught up";
  if (behindS < 120) return `${behindS} seconds behind`;
  if (behindS < 7200) return `${Math.round(behindS / 60)} minutes behind`;
  return `${Math.round(behindS / 3600)} hours behind`;
}

/** How many runs in a row failed; null when the last one did not. */
export function sayFailures({ failures }: Pick<FolderHealth, "failures">): string | null {
  if (failures === 0) return null;
  return failures === 1 ? "the last run failed" : `the last ${failures} runs failed`;
}
