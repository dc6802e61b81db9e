import { z } from "zod";

export const FORMAT = "upstream-backup";
export const FORMAT_VERSION = 1;

/** First line of a backup: what it is and what can read it. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().positive(),
  createdAt: z.string(),
  /** `PG_VERSION` of the data folder: "18". */
  postgres: z.string(),
  /** Versions of the migrations that made the schema. */
  migrations: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Before the bytes of each file. */
export const entrySchema = z.object({
  path: z.string(),
  kind: z.enum(["file", "folder"]),
  size: z.number().int().nonnegative(),
  mode: z.number().int().nonnegative(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Last line: how many entries there are, and the SHA-256 of every byte before it. */
export const sealSchema = z.object({ sealed: z.number().int().nonnegative(), sha256: z.string() });
