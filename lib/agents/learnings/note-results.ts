import "server-only";
import { tagsOf } from "@/lib/approvals/decide-approval";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/**
 * Keeps words about what a search found as a learning of the sourcing agent, tagged with what the search is about.
 * @returns the learning's id.
 */
export async function noteResults(db: Db, searchId: string, words: string): Promise<string> {
  const tags = await tagsOf(db, searchId);
  return unwrap(await db.rpc("note_learning", { p_search_id: searchId, p_words: words, p_tags: tags }));
}
