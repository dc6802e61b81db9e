import { diffLines } from "diff";

export interface DiffLine {
  /** Its place among all lines of both texts. */
  readonly at: number;
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** A stretch of unchanged lines that is not shown. */
export interface DiffGap {
  readonly at: number;
  readonly kind: "gap";
  readonly lines: number;
}

const CONTEXT = 3;

/** What differs between two texts, line by line, with three lines around each change; empty when nothing does. */
export function diffDefinition(before: string, after: string): (DiffLine | DiffGap)[] {
  const parts = diffLines(before, after, { ignoreNewlineAtEof: true });
  const lines = parts
    .flatMap((part): Omit<DiffLine, "at">[] =>
      part.value
        .replace(/\n$/, "")
        .split("\n")
        .map((text) => ({ kind: part.added ? "added" : part.removed ? "removed" : "same", text })),
    )
    .map((line, at): DiffLine => ({ ...line, at }));
  if (lines.every((line) => line.kind === "same")) return [];
  return foldSame(lines);
}

function foldSame(lines: readonly DiffLine[]): (DiffLine | DiffGap)[] {
  const near = new Set<number>();
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at);
  });
  const shown: (DiffLine | DiffGap)[] = [];
  let hidden = 0;
  lines.forEach((line, index) => {
    if (near.has(index)) {
      if (hidden > 0) shown.push({ kind: "gap", lines: hidden, at: index - hidden });
      hidden = 0;
      shown.push(line);
    } else hidden++;
  });
  if (hidden > 0) shown.push({ kind: "gap", lines: hidden, at: lines.length - hidden });
  return shown;
}
