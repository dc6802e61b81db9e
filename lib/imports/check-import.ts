import "server-only";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { mappingSchema } from "./mapping-schema";
import { findColumns, readRow, unusable } from "./read-row";
import type { SkipReason } from "./reason-words";

export type CheckOutcome = "more" | "done" | "stopped";

/** Rows of one answer: the embedded database does nothing else meanwhile, so each must be short. */
const CHUNK = 400;

/**
 * Works on the check of an import for a while: reads the next rows under its mapping and decides what would come of them.
 * Where it stopped is stored with each chunk, so a crash repeats at most one. `stopped`: the import is not being checked (any more).
 */
export async function checkImportBatch(importId: string, budgetMs = 4_000): Promise<CheckOutcome> {
  const until = Date.now() + budgetMs;
  const db = serviceDb();
  while (Date.now() < until) {
    const found = unwrap(
      await db
        .from("imports")
        .select("status, check_no, checked_to, mapping, headers")
        .eq("id", importId)
        .single(),
    );
    if (found.status !== "checking") return "stopped";
    const rows = unwrap(
      await db
        .from("import_rows")
        .select("row_no, cells, problem, detail")
        .eq("import_id", importId)
        .gt("row_no", found.checked_to)
        .order("row_no")
        .limit(CHUNK),
    );
    const last = rows.at(-1);
    if (!last) {
      // False when the mapping was changed just now: then there is more to check.
      if (unwrap(await db.rpc("finish_import_check", { p_id: importId, p_check_no: found.check_no })))
        return "done";
      continue;
    }
    const columns = findColumns(mappingSchema.parse(found.mapping), found.headers);
    const read = rows.map(({ row_no, cells, problem, detail }) => {
      const { facts, skip, noContact, ...rest } = problem
        ? unusable(problem as SkipReason, detail)
        : readRow(cells, columns);
      return { row_no, facts, skip, no_contact: noContact, detail: rest.detail, notes: rest.notes };
    });
    unwrap(
      await db.rpc("check_import_rows", {
        p_id: importId,
        p_check_no: found.check_no,
        p_from: found.checked_to,
        p_to: last.row_no,
        p_rows: read as unknown as Json,
      }),
    );
  }
  return "more";
}
