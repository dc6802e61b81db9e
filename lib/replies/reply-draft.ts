import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

/** An answer that is being written: the agent's suggestion until a person saves words of their own. */
export interface ReplyDraft {
  readonly subject: string;
  readonly body: string;
  readonly source: "agent" | "person";
  readonly updatedBy: string;
  readonly updatedAt: string;
}

/** The draft of an answer to this mail; null when there is none, or the answer was sent. */
export async function readReplyDraft(db: Db, emailId: string): Promise<ReplyDraft | null> {
  const row = unwrapMaybe(await db.from("reply_drafts").select("*").eq("email_id", emailId).maybeSingle());
  return (
    row && {
      subject: row.subject,
      body: row.body,
      source: row.source === "agent" ? "agent" : "person",
      updatedBy: row.updated_by,
      updatedAt: row.updated_at,
    }
  );
}

/** Keeps the words written so far; an empty body drops the draft. */
export async function saveReplyDraft(db: Db, emailId: string, subject: string, body: string): Promise<void> {
  unwrap(await db.rpc("save_reply_draft", { p_email_id: emailId, p_subject: subject, p_body: body }));
}
