import "server-only";
import { writeCsvLine } from "@/lib/files/write-csv-line";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { sayReason } from "./reason-words";

const CHUNK = 500;

/**
 * The rows of an import that bring no contact, with the reason of each and the cells as they were, as CSV for Excel: to be
 * mended and imported again.
 */
export async function* writeSkipped(db: Db, id: string, headers: readonly string[]): AsyncGenerator<string> {
  // Excel takes a CSV for UTF-8 only with the mark in front.
  yield `\uFEFF${writeCsvLine(["Row", "Why", ...headers])}`;
  for (let after = 0; ; ) {
    const rows = unwrap(
      await db
        .from("import_checks")
        .select("row_no, reason, detail")
        .eq("import_id", id)
        .in("outcome", ["skip", "property_only"])
        .gt("row_no", after)
        .order("row_no")
        .limit(CHUNK),
    );
    const last = rows.at(-1);
    if (!last) return;
    const cells = await readCells(
      db,
      id,
      rows.map((row) => row.row_no),
    );
    for (const { row_no, reason, detail } of rows)
      yield writeCsvLine([String(row_no), sayReason(reason ?? "", detail), ...(cells.get(row_no) ?? [])]);
    after = last.row_no;
  }
}

async function readCells(db: Db, id: string, numbers: readonly number[]): Promise<Map<number, string[]>> {
  const rows = unwrap(
    await db
      .from("import_rows")
      .select("row_no, cells")
      .eq("import_id", id)
      .gte("row_no", Math.min(...numbers))
      .lte("row_no", Math.max(...numbers))
      .in("row_no", [...numbers])
      .limit(CHUNK),
  );
  return new Map(rows.map(({ row_no, cells }) => [row_no, cells]));
}
