import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";
import type { Folder } from "./folders";

export interface SyncNote {
  readonly readUpTo?: Date;
  /** Seconds between the oldest mail that may be unread and now; 0 when caught up. */
  readonly behindS?: number;
  readonly stored?: number;
  readonly problem?: string;
}

/** Writes how reading a folder went, for Settings and for the next run's start. */
export async function noteSync(mailboxId: string, folder: Folder, note: SyncNote): Promise<void> {
  if (note.problem) logger.warn({ mailboxId, folder }, note.problem);
  ensure(
    await serviceDb().rpc("note_sync", {
      p_mailbox_id: mailboxId,
      p_folder: folder,
      // The generated types do not know that these may be null.
      p_read_up_to: (note.readUpTo?.toISOString() ?? null) as string,
      p_behind_s: (note.behindS ?? null) as number,
      p_stored: note.stored ?? 0,
      p_problem: note.problem,
    }),
  );
}

export interface MailboxSync {
  readonly mailboxId: string;
  readonly address: string;
  /** The last run that tried, and the last that got through every folder; ISO instants. */
  readonly triedAt: string | null;
  readonly readAt: string | null;
  /** Of the folder that is furthest behind. */
  readonly behindS: number;
  /** Runs in a row that failed. */
  readonly failures: number;
  readonly problems: readonly {
    readonly folder: string;
    readonly problem: string;
    readonly since: string | null;
  }[];
}

/** How reading each mailbox goes: last run, lag, errors. */
export async function readSyncHealth(db: Db): Promise<MailboxSync[]> {
  const rows = unwrap(
    await db
      .from("mailboxes")
      .select(
        "id, address, mailbox_folders(folder, tried_at, read_at, behind_s, failures, problem, problem_since)",
      )
      .order("address"),
  );
  return rows.map(({ id, address, mailbox_folders: folders }) => ({
    mailboxId: id,
    address,
    triedAt:
      folders
        .map((one) => one.tried_at)
        .sort()
        .at(-1) ?? null,
    readAt: folders.some((one) => one.read_at === null)
      ? null
      : (folders.map((one) => one.read_at).sort()[0] ?? null),
    behindS: Math.max(0, ...folders.map((one) => one.behind_s)),
    failures: Math.max(0, ...folders.map((one) => one.failures)),
    problems: folders.flatMap((one) =>
      one.problem ? [{ folder: one.folder, problem: one.problem, since: one.problem_since }] : [],
    ),
  }));
}
