import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** How reading one folder of a mailbox goes. Times are ISO instants. */
export interface FolderHealth {
  readonly folder: string;
  /** Last run that read the folder to its end */
  readonly readAt: string | null;
  /** Seconds of mail that were still unread after the last run; 0 is caught up */
  readonly behindS: number;
  readonly storedLast: number;
  readonly failures: number;
  readonly problem: string | null;
  readonly problemSince: string | null;
}

/** How reading goes, by mailbox id and then by folder: inbox, junk, sent. */
export async function listFolderHealth(db: Db): Promise<ReadonlyMap<string, readonly FolderHealth[]>> {
  const rows = unwrap(await db.from("mailbox_folders").select("*").order("folder"));
  const byMailbox = new Map<string, FolderHealth[]>();
  for (const row of rows) {
    const health = {
      folder: row.folder,
      readAt: row.read_at,
      behindS: row.behind_s,
      storedLast: row.stored_last,
      failures: row.failures,
      problem: row.problem,
      problemSince: row.problem_since,
    };
    byMailbox.set(row.mailbox_id, [...(byMailbox.get(row.mailbox_id) ?? []), health]);
  }
  return byMailbox;
}
