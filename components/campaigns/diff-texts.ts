import { type Change, diffArrays, diffWordsWithSpace } from "diff";

/** Below this share of kept letters a paragraph is another one, and is read more easily whole than word by word. */
const KEPT = 0.5;

type Part = Pick<Change, "value" | "added" | "removed">;

/**
 * What was taken out and put in between two texts. Where most of a paragraph stays, word by word; where it was written anew, the whole old
 * paragraph and then the whole new one.
 */
export function diffTexts(before: string, after: string): Part[] {
  const parts: Part[][] = [];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(gone.length, come.length); index += 1)
      parts.push(diffParagraph(gone[index] ?? "", come[index] ?? ""));
    gone = [];
    come = [];
  };
  for (const { value, added, removed } of diffArrays(before.split("\n\n"), after.split("\n\n"))) {
    if (removed) gone.push(...value);
    else if (added) come.push(...value);
    else {
      flush();
      parts.push(...value.map((paragraph) => [same(paragraph)]));
    }
  }
  flush();
  return parts.flatMap((paragraph, index) => (index === 0 ? paragraph : [same("\n\n"), ...paragraph]));
}

function same(value: string): Part {
  return { value, added: false, removed: false };
}

function diffParagraph(before: string, after: string): Part[] {
  const parts = diffWordsWithSpace(before, after);
  const kept = parts
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, { value }) => sum + value.trim().length, 0);
  if (before === "" || after === "" || kept / Math.max(before.length, after.length) >= KEPT) return parts;
  return [
    { value: before, added: false, removed: true },
    same("\n"),
    { value: after, added: true, removed: false },
  ];
}
