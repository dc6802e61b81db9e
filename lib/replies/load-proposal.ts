import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrapMaybe } from "@/lib/server/database-error";

/** One proposed search: who wrote the mail it comes from, and what became of it. Null when it is not there. */
export async function loadSearchProposal(db: Db, id: string) {
  return unwrapMaybe(
    await db
      .from("reply_proposals")
      .select("id, email_id, status, search_id, decided_by, synced_emails(from_name, from_email, subject)")
      .eq("id", id)
      .eq("kind", "search")
      .maybeSingle(),
  );
}

/** How many proposals wait for a person. */
export async function countProposals(db: Db): Promise<number> {
  const answer = await db
    .from("reply_proposals")
    .select("id", { count: "exact", head: true })
    .eq("status", "pending");
  ensure(answer);
  return answer.count ?? 0;
}
