import { type Change, diffWordsWithSpace } from "diff";

/** Below this share of kept letters a paragraph is another one, and is read more easily whole than word by word. */
const KEPT = 0.5;

/**
 * What was taken out and put in between two texts. Where most of a paragraph stays, word by word; where it was written anew, the whole old
 * paragraph and then the whole new one.
 */
export function diffTexts(before: string, after: string): Pick<Change, "value" | "added" | "removed">[] {
  const [old, next] = [before.split("\n\n"), after.split("\n\n")];
  if (old.length !== next.length) return diffParagraph(before, after);
  return old.flatMap((paragraph, index) => {
    const parts = diffParagraph(paragraph, next[index] ?? "");
    return index === 0 ? parts : [{ value: "\n\n", added: false, removed: false }, ...parts];
  });
}

function diffParagraph(before: string, after: string) {
  const parts = diffWordsWithSpace(before, after);
  const kept = parts
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, { value }) => sum + value.trim().length, 0);
  if (before === "" || after === "" || kept / Math.max(before.length, after.length) >= KEPT) return parts;
  return [
    { value: before, added: false, removed: true },
    { value: "\n", added: false, removed: false },
    { value: after, added: true, removed: false },
  ];
}
