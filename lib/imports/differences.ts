import { z } from "zod";

/** The columns in which a file may say something else than what is known, in the order a person reads them. */
export const DIFFERING_FIELDS = [
  "contactName",
  "title",
  "phone",
  "company",
  "propertyType",
  "zip",
  "buildingSf",
  "landAcres",
  "yearBuilt",
] as const;
export const differingFieldSchema = z.enum(DIFFERING_FIELDS);
export type DifferingField = z.infer<typeof differingFieldSchema>;

/** Whose value stays: what is known, or what the file says. */
export const takeSchema = z.enum(["ours", "file"]);
export type Take = z.infer<typeof takeSchema>;

/** A column that differs: in how many rows, in how many of them the file's value is taken, and what was chosen for the whole column. */
export const columnDifferenceSchema = z.object({
  field: differingFieldSchema,
  rows: z.number().int(),
  taken: z.number().int(),
  take: takeSchema,
});
export type ColumnDifference = z.infer<typeof columnDifferenceSchema>;

/** One value of a row that differs, and whose stays. */
export interface RowDifference {
  readonly field: DifferingField;
  readonly ours: string;
  readonly file: string;
  readonly take: Take;
  /** Why nobody may choose the file's value; null when a person may */
  readonly fixed: string | null;
}
