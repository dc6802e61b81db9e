import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import {
  type ColumnDifference,
  columnDifferenceSchema,
  DIFFERING_FIELDS,
  type DifferingField,
  type RowDifference,
  type Take,
  takeSchema,
} from "./differences";

/**
 * Chooses whose value stays where a file differs from what is known.
 * @param row the row of the file, or 0 for the whole column, which ends the choices made for its rows.
 * @throws {DatabaseError} refused, once the import has started or where nothing differs.
 */
export async function chooseValue(
  db: Db,
  { id, field, row, take }: { id: string; field: DifferingField; row: number; take: Take },
): Promise<void> {
  ensure(await db.rpc("choose_import_value", { p_id: id, p_field: field, p_row: row, p_take: take }));
}

/** The columns in which a file differs from what is known, as a person reads them. */
export async function loadDifferences(db: Db, id: string): Promise<ColumnDifference[]> {
  const columns = z
    .array(columnDifferenceSchema)
    .parse(unwrap(await db.rpc("import_differences", { p_id: id })));
  return columns.sort((a, b) => DIFFERING_FIELDS.indexOf(a.field) - DIFFERING_FIELDS.indexOf(b.field));
}

const STAYS = "Do-not-contact: stays with the company that asked for it.";

/** Whose value stays in each difference of some rows. */
export async function readChoices(db: Db, id: string, rows: readonly number[]) {
  const choices = unwrap(
    await db
      .from("import_choices")
      .select("field, row_no, take")
      .eq("import_id", id)
      .in("row_no", [0, ...rows])
      .limit(1_000),
  );
  const takes = new Map(
    choices.map(({ field, row_no, take }) => [`${field} ${row_no}`, takeSchema.parse(take)]),
  );
  return (
    row: number,
    notes: readonly string[],
    { field, ours, file }: { field: DifferingField; ours: string; file: string },
  ): RowDifference => {
    const fixed = field === "company" && notes.includes("do_not_contact") ? STAYS : null;
    const take = takes.get(`${field} ${row}`) ?? takes.get(`${field} 0`) ?? "ours";
    return { field, ours, file, take: fixed ? "ours" : take, fixed };
  };
}
