import { cleanText } from "@/lib/files/clean-text";
import { MAX_CELL_CHARS } from "@/lib/files/limits";
import { isBlank, type RawRow, type RowProblem } from "@/lib/files/raw-row";
import { cutText } from "@/lib/files/text-limits";

/** A row as the database keeps it until its import is over. */
export interface StagedRow {
  readonly row_no: number;
  readonly cells: readonly string[];
  readonly problem: RowProblem | null;
  readonly detail: string | null;
}

/** Enough of a row that cannot be used for a person to find it by. */
const SAMPLE_CHARS = 200;

export function isRead(row: RawRow): boolean {
  return !isBlank(row);
}

/** A row with what makes it unusable, if anything does. @param width how many columns have a name. */
export function stageRow({ row, cells, problem, detail }: RawRow, width: number): StagedRow {
  const clean = cells.map(cleanText);
  if (problem) return { row_no: row, cells: sample(clean), problem, detail: detail ?? null };
  const long = clean.findIndex((cell) => cell.length > MAX_CELL_CHARS);
  if (long >= 0) {
    const length = clean[long]?.length.toLocaleString("en-US");
    return {
      row_no: row,
      cells: sample(clean),
      problem: "long_cell",
      detail: `${length} characters in column ${long + 1}`,
    };
  }
  const used = clean.findLastIndex((cell) => cell.trim() !== "") + 1;
  if (used > width)
    return {
      row_no: row,
      cells: sample(clean),
      problem: "too_many_cells",
      detail: `${used} cells, ${width} columns`,
    };
  return { row_no: row, cells: clean.slice(0, used), problem: null, detail: null };
}

function sample(cells: readonly string[]): string[] {
  return cells.slice(0, 50).map((cell) => cutText(cell, SAMPLE_CHARS));
}
