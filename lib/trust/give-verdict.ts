import "server-only";
import { z } from "zod";
import { AGENT_OF, tagsOf } from "@/lib/approvals/decide-approval";
import { checkpointSchema } from "@/lib/approvals/proposals";
import { CATEGORIES } from "@/lib/replies/classification";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

export const verdictSchema = z
  .object({
    verdict: z.enum(["agree", "would_change", "would_reject"]),
    words: z.string().trim().max(5000).optional(),
    /** classification: what the mail really is */
    category: z.enum(CATEGORIES).optional(),
  })
  .refine(
    ({ verdict, words, category }) =>
      verdict === "agree" || Boolean(words) || (verdict === "would_change" && category !== undefined),
    { path: ["words"], message: "Say what you would have changed, or why you would have rejected it." },
  );
export type VerdictInput = z.infer<typeof verdictSchema>;

const outcomeSchema = z.object({
  outcome: z.enum(["given", "already_given", "not_auto", "not_found"]),
  verdict: z.string().nullish(),
  by: z.string().nullish(),
  at: z.string().nullish(),
  /** The checkpoint's mode after this verdict: `plan` when it was the one that took auto back. */
  mode: z.enum(["plan", "auto"]).optional(),
});
export type VerdictOutcome = z.infer<typeof outcomeSchema>;

/**
 * What a person says afterwards about something auto let through, once. The words become a learning; another category
 * sets the mail right. Losing a race is an outcome, not an error.
 */
export async function giveVerdict(db: Db, id: string, input: VerdictInput): Promise<VerdictOutcome> {
  const approval = unwrapMaybe(
    await db.from("approval_queue").select("checkpoint, search_id").eq("id", id).maybeSingle(),
  );
  if (!approval) return { outcome: "not_found" };
  return outcomeSchema.parse(
    unwrap(
      await db.rpc("give_verdict", {
        p_id: id,
        p_verdict: input.verdict,
        p_words: input.words,
        p_category: input.verdict === "would_change" ? input.category : undefined,
        p_agent: AGENT_OF[checkpointSchema.parse(approval.checkpoint)],
        p_tags: await tagsOf(db, approval.search_id),
      }),
    ),
  );
}
