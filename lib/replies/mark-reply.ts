import "server-only";
import { cache } from "react";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** Marks a mail read or unread for the operator who asks; false when it was so already. */
export async function markReply(db: Db, emailId: string, read: boolean): Promise<boolean> {
  return unwrap(await db.rpc("mark_reply", { p_email_id: emailId, p_read: read }));
}

/** How many mails wait that the operator who asks has not opened. Asked once a request: the frame and the inbox both say it. */
export const countUnread = cache(async (db: Db): Promise<number> => unwrap(await db.rpc("unread_replies")));
