/** One line of the prompt's learnings: what a person said, and what came of it. */
export interface Learning {
  words: string;
  outcome: string;
}

const HEADING = /^##\s+LEARNINGS FROM PAST RUNS \(APPLY THESE\)\s*$/m;
// What came of it is not always known: `- "words"`, `- "words" → change`, `- "words" (outcome)`.
const LINE = /^\s*[-*]\s+["“](.+?)["”]\s*(?:(?:→|->)\s*(.*)|(\(.*\)))?$/;

/** Learnings in a system prompt, in their order. */
export function readLearnings(systemPrompt: string): Learning[] {
  const start = HEADING.exec(systemPrompt);
  if (!start) return [];
  const section = systemPrompt.slice(start.index + start[0].length).split(/^#{1,2}\s/m)[0] ?? "";
  return section.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    return match ? [{ words: match[1] ?? "", outcome: match[2] ?? match[3] ?? "" }] : [];
  });
}
