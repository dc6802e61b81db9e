import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { findConflicts, type Spoken } from "./find-conflicts";

const SHOWN = 10;

export interface ListedConflict {
  readonly about: string;
  readonly one: Spoken;
  readonly other: Spoken;
}

/**
 * Learnings in use that seem to contradict each other and that nobody has settled; the newest thousand are compared.
 * @param about only those this learning is part of.
 */
export async function listConflicts(db: Db, about?: string): Promise<ListedConflict[]> {
  const [learnings, kept] = await Promise.all([
    db
      .from("agent_feedback")
      .select("id, agent, words, adjustment, tags")
      .eq("status", "active")
      .order("created_at", { ascending: false })
      .limit(1000)
      .then(unwrap),
    db.from("learning_conflicts_kept").select("one, other").limit(1000).then(unwrap),
  ]);
  const settled = new Set(kept.flatMap(({ one, other }) => [`${one}/${other}`, `${other}/${one}`]));
  const byId = new Map(learnings.map((learning) => [learning.id, learning]));
  const open = new Map<string, ListedConflict>();
  for (const { one, other, about: topic } of findConflicts(learnings)) {
    const pair = [byId.get(one), byId.get(other)] as const;
    const key = `${one}/${other}`;
    if (about !== undefined && one !== about && other !== about) continue;
    if (pair[0] && pair[1] && !settled.has(key) && !open.has(key))
      open.set(key, { about: topic, one: pair[0], other: pair[1] });
  }
  return [...open.values()].slice(0, SHOWN);
}
