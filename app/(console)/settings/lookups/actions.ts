"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { diffLookups } from "@/lib/criteria/diff-lookups";
import { applyLookups, loadLookupSet } from "@/lib/criteria/lookup-set";
import { LOOKUP_KINDS, MAX_LOOKUP_BYTES, readLookupFile } from "@/lib/criteria/read-lookup-file";
import { actionFor } from "@/lib/server/action-for";
import { Refused } from "@/lib/server/refused";

const fileSchema = z.object({ name: z.string().min(1).max(200), bytes: z.instanceof(Uint8Array) });

/** Reads a file of lookups and says what it would change; nothing is changed. */
export const previewLookups = actionFor("operator", fileSchema, async ({ name, bytes }, { db }) => {
  if (bytes.length > MAX_LOOKUP_BYTES) throw new Refused(`${name} is too large to be a list of lookups.`);
  const { rows, problems } = readLookupFile(bytes, name);
  const { items, hash, uses } = await loadLookupSet(db);
  return {
    fileName: name,
    rows,
    problems,
    hash,
    changes: diffLookups(items, rows, uses),
  };
});

const applySchema = z.object({
  fileName: z.string().min(1).max(200),
  hash: z.string(),
  retireMissing: z.boolean(),
  rows: z
    .array(
      z.object({
        kind: z.enum(LOOKUP_KINDS),
        id: z.number().int().positive(),
        name: z.string().min(1).max(120),
        marketFilter: z.boolean().nullable(),
      }),
    )
    .min(1)
    .max(5_000),
});

/** Applies a previewed file, to the set it was previewed against. */
export const importLookups = actionFor("operator", applySchema, async ({ rows, ...options }, { db }) => {
  const applied = await applyLookups(db, rows, options);
  revalidatePath("/settings/lookups");
  return applied;
});
