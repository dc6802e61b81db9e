/** Words a person said about an agent's proposals, with what came of them. */
export interface Learning {
  readonly id: string;
  readonly words: string;
  readonly adjustment: string | null;
  readonly outcome: string | null;
  /** Measured relative effect in basis points, when there is one: 1500 is +15 %. */
  readonly effectBps: number | null;
  readonly tags: readonly string[];
  readonly pinned: boolean;
  /** Epoch milliseconds */
  readonly createdAt: number;
}

export const LEARNINGS_HEADING = "## LEARNINGS FROM PAST RUNS (APPLY THESE)";

const HALF_LIFE_MS = 90 * 86_400_000;

/**
 * Chooses the learnings a prompt must carry: pinned ones first, then by shared tags, measured effect and recency, until
 * the token budget is used up. Tokens are counted as four characters each, which overestimates English.
 */
export function chooseLearnings(
  learnings: readonly Learning[],
  tags: readonly string[],
  now: number,
  tokenBudget = 1500,
): Learning[] {
  const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
  const ranked = learnings
    .map((learning) => ({ learning, score: scoreOf(learning, wanted, now) }))
    .sort((a, b) => b.score - a.score || b.learning.createdAt - a.learning.createdAt);
  const chosen: Learning[] = [];
  let used = 0;
  for (const { learning } of ranked) {
    const tokens = Math.ceil(learningLine(learning).length / 4);
    if (used + tokens > tokenBudget) continue;
    used += tokens;
    chosen.push(learning);
  }
  return chosen;
}

function scoreOf(learning: Learning, wanted: ReadonlySet<string>, now: number): number {
  const shared = learning.tags.filter((tag) => wanted.has(tag.toLowerCase())).length;
  const effect = Math.min(1, Math.abs(learning.effectBps ?? 0) / 5000);
  const recency = 0.5 ** (Math.max(0, now - learning.createdAt) / HALF_LIFE_MS);
  return (learning.pinned ? 100 : 0) + shared * 2 + effect + recency;
}

/** One learning as the prompt shows it: the words → what changed (measured effect). */
export function learningLine(learning: Learning): string {
  const words = learning.words.replace(/\s+/g, " ").trim();
  const change = learning.adjustment ? ` → ${learning.adjustment}` : "";
  const outcome = learning.outcome ? ` (${learning.outcome})` : "";
  return `- "${words}"${change}${outcome}`;
}

/** The definition's prompt with the learnings forced in under their heading. */
export function assemblePrompt(definitionPrompt: string, learnings: readonly Learning[]): string {
  if (learnings.length === 0) return definitionPrompt;
  return `${definitionPrompt}\n\n${LEARNINGS_HEADING}\n${learnings.map(learningLine).join("\n")}\n`;
}
