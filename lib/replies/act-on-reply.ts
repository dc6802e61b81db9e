import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { DatabaseError, ensure, unwrap } from "@/lib/server/database-error";
import type { Category } from "./classification";

const outcomeSchema = z.object({
  outcome: z.enum(["routed", "already_routed", "linked", "not_found"]),
  did: z.array(z.string()).optional(),
  held: z.boolean().optional(),
});

/** A person says what a mail really is; does what that category does and keeps the words as a learning. */
export async function correctCategory(
  db: Db,
  emailId: string,
  category: Category,
  words?: string,
): Promise<readonly string[]> {
  const answer = await db.rpc("correct_category", {
    p_id: emailId,
    p_category: category,
    ...(words ? { p_words: words } : {}),
  });
  return readOutcome(unwrap(answer)).did ?? [];
}

/**
 * Puts a mail away; false when it is still being read, or somebody has put it away before. A sequence held for this mail alone
 * ends with it, or goes on when the operator says so.
 */
export async function finishReply(
  db: Db,
  emailId: string,
  sequence: "stop" | "resume" = "stop",
): Promise<boolean> {
  return unwrap(await db.rpc("finish_email", { p_id: emailId, p_sequence: sequence }));
}

/** Queues an operator's answer before all other mail. Returns the mailbox that will send it. */
export async function answerReply(
  db: Db,
  emailId: string,
  subject: string,
  body: string,
): Promise<{ mailboxId: string }> {
  ensure(await db.rpc("write_reply", { p_email_id: emailId, p_subject: subject, p_body: body }));
  const email = unwrap(await db.from("synced_emails").select("mailbox_id").eq("id", emailId).single());
  return { mailboxId: email.mailbox_id };
}

/**
 * Says whose mail an unmatched mail is, and holds that contact's sequence until a person has read it. The address is
 * remembered, and other unmatched mail from it is linked as well.
 * @returns whether there was a sequence to hold.
 */
export async function linkReply(db: Db, emailId: string, contactId: string): Promise<{ held: boolean }> {
  const answer = await db.rpc("link_email", { p_email_id: emailId, p_contact_id: contactId });
  return { held: readOutcome(unwrap(answer)).held ?? false };
}

/** Lets a contact's held sequence go on, unless another mail of theirs still waits to be read. */
export async function resumeSequence(db: Db, contactId: string): Promise<void> {
  ensure(await db.rpc("resume_contact", { p_contact_id: contactId }));
  const held = unwrap(
    await db.from("enrollments").select("id").eq("contact_id", contactId).eq("status", "paused").limit(1),
  );
  if (held.length > 0)
    throw new DatabaseError("22023", "Another mail of this contact still waits to be read.", null);
}

function readOutcome(answer: unknown): z.infer<typeof outcomeSchema> {
  const outcome = outcomeSchema.parse(answer);
  if (outcome.outcome === "not_found") throw new DatabaseError("P0002", "This mail is not there.", null);
  return outcome;
}
