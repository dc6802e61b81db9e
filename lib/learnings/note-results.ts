import "server-only";
import type { Db } from "@/lib/db/client-options";
import { unwrap } from "@/lib/db/errors";
import { buyerCriteriaSchema } from "@/lib/sourcing/criteria";
import { loadLookups } from "@/lib/sourcing/lookups";
import { searchTags } from "@/lib/sourcing/search-tags";

/**
 * Keeps words about what a search found as a learning of the sourcing agent, tagged with what the search is about.
 * @returns the learning's id.
 */
export async function noteResults(db: Db, searchId: string, words: string): Promise<string> {
  const search = unwrap(await db.from("searches").select("criteria").eq("id", searchId).single());
  const criteria = buyerCriteriaSchema.safeParse(search.criteria);
  const tags = criteria.success ? searchTags(criteria.data, await loadLookups(db)) : [];
  return unwrap(await db.rpc("note_learning", { p_search_id: searchId, p_words: words, p_tags: tags }));
}
