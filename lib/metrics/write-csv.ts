import { writeCsvLine } from "@/lib/files/write-csv-line";
import type { Column, TableRow } from "./table";

const UNITS: Partial<Record<Column["kind"], string>> = {
  ms: " (ms)",
  usd: " (USD)",
  share: " (0 to 1)",
  "signed-share": " (share)",
};

/** A table as lines of CSV, one at a time: units in the heading, plain numbers below, nothing a spreadsheet would run. */
export function* writeCsv(columns: readonly Column[], rows: readonly TableRow[]): Generator<string> {
  // Spreadsheets take UTF-8 for something else without the mark.
  yield `\uFEFF${writeCsvLine(columns.map(({ label, kind }) => label + (UNITS[kind] ?? "")))}`;
  for (const { cells } of rows)
    yield writeCsvLine(
      columns.map(({ key }) => {
        const cell = cells[key] ?? "";
        return typeof cell === "number" ? String(Number(cell.toFixed(6))) : cell;
      }),
    );
}
