import { MAX_COLUMNS } from "@/lib/files/limits";
import { isBlank, type RawRow } from "@/lib/files/raw-row";
import { cutText } from "@/lib/files/text-limits";
import { Refused } from "@/lib/server/refused";
import { fieldOfHeader } from "./columns";

/** A title or two may stand above the list. */
const LOOK_AT = 20;

export interface Header {
  /** Which row it is, as Excel numbers it */
  readonly row: number;
  /** What each column is called; none twice, none empty ("Email (2)", "Column 7") */
  readonly labels: readonly string[];
}

/**
 * Finds the row that names the columns: of the first twenty the one with most names this product knows, else the first that
 * is not blank. @throws {Refused} when there is no list.
 */
export function findHeader(rows: readonly RawRow[], name: string): Header {
  const candidates = rows.slice(0, LOOK_AT).filter((row) => !isBlank(row) && row.problem === undefined);
  const [first] = candidates;
  if (!first) throw new Refused(`${name} has no rows.`);
  const known = (row: RawRow) => new Set(row.cells.map(fieldOfHeader).filter((field) => field !== null)).size;
  const best = candidates.reduce((one, other) => (known(other) > known(one) ? other : one), first);
  const labels = nameColumns(best.cells);
  if (labels.length < 2)
    throw new Refused(
      `${name} has one column. An import needs at least an address and an e-mail column, with commas, semicolons or tabs between them.`,
    );
  if (labels.length > MAX_COLUMNS)
    throw new Refused(
      `${name} has ${labels.length.toLocaleString("en-US")} columns; at most ${MAX_COLUMNS} are read. Remove those you do not need.`,
      { status: 413 },
    );
  return { row: best.row, labels };
}

function nameColumns(cells: readonly string[]): string[] {
  const width = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  const seen = new Map<string, number>();
  return cells.slice(0, width).map((cell, index) => {
    const label = cutText(cell.replaceAll(/\s+/g, " ").trim(), 120) || `Column ${index + 1}`;
    const times = (seen.get(label.toLowerCase()) ?? 0) + 1;
    seen.set(label.toLowerCase(), times);
    return times === 1 ? label : `${label} (${times})`;
  });
}
