/** A row as it stands in the file, numbered as Excel numbers it; the header has a number too. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** Why the row cannot be used at all, where it cannot */
  readonly problem?: RowProblem;
  readonly detail?: string;
}

export type RowProblem = "broken_row" | "too_many_cells" | "long_cell";

export function isBlank(row: RawRow): boolean {
  return row.problem === undefined && row.cells.every((cell) => cell.trim() === "");
}
