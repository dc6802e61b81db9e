import { z } from "zod";

export const FORMAT = "upstream-backup";
/** 1 was framed by lines of JSON; 2 is a tar. */
export const FORMAT_VERSION = 2;
/** The first and the last entry of the tar, which are of the backup and not of what it holds. */
export const MANIFEST_NAME = "upstream-backup.json";
export const SEAL_NAME = "upstream-seal.json";

/** What stands first in a backup: what it is and what can read it. */
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

/** What the seal covers of a file or folder beside its bytes. */
export const entrySchema = z.object({
  path: z.string(),
  kind: z.enum(["file", "folder"]),
  size: z.number().int().nonnegative(),
  mode: z.number().int().nonnegative(),
});
export type Entry = z.infer<typeof entrySchema>;

/** What stands last: how many entries there are, and a SHA-256 of all before it. */
export const sealSchema = z.object({ sealed: z.number().int().nonnegative(), sha256: z.string() });
