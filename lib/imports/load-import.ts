import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { cursorOf, finishPage, type Page, startPage, startShape } from "@/lib/server/page-by-key";
import { readChoices } from "./choose-value";
import { differingFieldSchema, type RowDifference } from "./differences";
import { countsSchema } from "./import-counts";
import { mappingSchema } from "./mapping-schema";

/** An import as it stands, with the search it is for; null when there is none of this id. */
export async function loadImport(db: Db, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  const row = unwrapMaybe(
    await db
      .from("imports")
      .select(
        `id, search_id, file_name, file_bytes, file_hash, read_as, headers, header_row, mapping, status, row_count, check_no,
        checked_rows, counts, applied_rows, created_by, created_at, used_at, rows_deleted_at, searches(id, name, buyer_name, status)`,
      )
      .eq("id", id)
      .maybeSingle(),
  );
  if (!row) return null;
  const counts = countsSchema.safeParse(row.counts);
  return {
    ...row,
    mapping: mappingSchema.parse(row.mapping),
    counts: counts.success ? counts.data : null,
  };
}

export type LoadedImport = NonNullable<Awaited<ReturnType<typeof loadImport>>>;

/** The search the same file was imported for before, newest first; null when it is new. */
export async function findEarlierImport(db: Db, { id, file_hash }: LoadedImport) {
  return unwrapMaybe(
    await db
      .from("imports")
      .select("id, used_at, searches(id, name)")
      .eq("file_hash", file_hash)
      .eq("status", "used")
      .neq("id", id)
      .order("used_at", { ascending: false })
      .limit(1)
      .maybeSingle(),
  );
}

export const IMPORT_OUTCOMES = ["create", "update", "known", "property_only", "skip"] as const;
type ImportOutcomeKind = (typeof IMPORT_OUTCOMES)[number];

export const importViewSchema = z.object({
  show: z
    .enum([...IMPORT_OUTCOMES, "differing"])
    .optional()
    .catch(undefined),
  ...startShape,
});
export type ImportView = z.infer<typeof importViewSchema>;

const PAGE = 50;
const differencesSchema = z.array(
  z.object({ field: differingFieldSchema, ours: z.string(), file: z.string() }),
);
const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** One row of an import and what would come of it. */
export interface CheckedRow {
  readonly row: number;
  readonly outcome: ImportOutcomeKind;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly notes: readonly string[];
  readonly facts: Readonly<Record<string, string | number | null>>;
  readonly fills: readonly string[];
  readonly differences: readonly RowDifference[];
}

/** The rows of an import's check in the order of the file, a page at a time. */
export async function listCheckedRows(db: Db, id: string, view: ImportView): Promise<Page<CheckedRow>> {
  let query = db
    .from("import_checks")
    .select("row_no, outcome, reason, detail, notes, facts, fills, differences")
    .eq("import_id", id);
  if (view.show === "differing") query = query.neq("differences", "[]").neq("outcome", "skip");
  else if (view.show) query = query.eq("outcome", view.show);
  const rows = unwrap(await startPage(query, [{ name: "row_no", ascending: true }], view).limit(PAGE + 1));
  const page = finishPage(rows, PAGE, view, (row) => cursorOf([row.row_no]));
  const choiceOf = await readChoices(
    db,
    id,
    page.rows.map((row) => row.row_no),
  );
  return {
    ...page,
    rows: page.rows.map(({ row_no, outcome, facts, differences, ...row }) => ({
      ...row,
      row: row_no,
      outcome: z.enum(IMPORT_OUTCOMES).parse(outcome),
      facts: factsSchema.parse(facts),
      differences: differencesSchema
        .parse(differences)
        .map((difference) => choiceOf(row_no, row.notes, difference)),
    })),
  };
}

/** The first rows with something in them as they stand in the file, to choose columns by. */
export async function sampleRows(db: Db, id: string): Promise<readonly (readonly string[])[]> {
  const rows = unwrap(
    await db
      .from("import_rows")
      .select("cells")
      .eq("import_id", id)
      .is("problem", null)
      .order("row_no")
      .limit(5),
  );
  return rows.map(({ cells }) => cells);
}
