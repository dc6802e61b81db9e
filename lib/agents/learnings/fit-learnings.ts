/** Words a person said about an agent's proposals, with what came of them. */
export interface Learning {
  readonly id: string;
  readonly words: string;
  readonly adjustment: string | null;
  readonly outcome: string | null;
  readonly pinned: boolean;
}

export const LEARNINGS_HEADING = "## LEARNINGS FROM PAST RUNS (APPLY THESE)";

/** How many tokens of a prompt learnings may take; a token is counted as four characters, which overestimates English. */
const LEARNINGS_TOKENS = 1500;

/**
 * The learnings a prompt carries, of those ranked for it: every pinned one, then as many of the others, best first, as the
 * token budget leaves room for. One that is too long does not keep a shorter one behind it out.
 */
export function fitLearnings(ranked: readonly Learning[], tokenBudget = LEARNINGS_TOKENS): Learning[] {
  let left = tokenBudget;
  const take = (learning: Learning): boolean => {
    const tokens = Math.ceil(learningLine(learning).length / 4);
    if (!learning.pinned && tokens > left) return false;
    left -= tokens;
    return true;
  };
  const pinned = ranked.filter((learning) => learning.pinned).filter(take);
  return [...pinned, ...ranked.filter((learning) => !learning.pinned).filter(take)];
}

/** One learning as the prompt shows it: the words → what changed (measured effect). */
export function learningLine(learning: Pick<Learning, "words" | "adjustment" | "outcome">): string {
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
