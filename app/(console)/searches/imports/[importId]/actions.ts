"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { importMapped } from "@/inngest/events";
import { tellStarted } from "@/inngest/tell-started";
import { chooseValue } from "@/lib/imports/choose-value";
import { differingFieldSchema, takeSchema } from "@/lib/imports/differences";
import { discardImport } from "@/lib/imports/discard-import";
import { mapImport } from "@/lib/imports/map-import";
import { mappingSchema } from "@/lib/imports/mapping-schema";
import { startImport, startImportSearch } from "@/lib/imports/start-import";
import { actionFor } from "@/lib/server/action-for";

/** Says which column is what and has the rows checked anew. */
export const setMapping = actionFor(
  "operator",
  z.object({ id: z.uuid(), mapping: mappingSchema }),
  async ({ id, mapping }, { db }) => {
    await mapImport(db, id, mapping);
    announce(importMapped.create({ importId: id }));
    revalidatePath(`/searches/imports/${id}`);
  },
);

/** Chooses whose value stays where the file differs from what is known, for a column (row 0) or for one row. */
export const choose = actionFor(
  "operator",
  z.object({
    id: z.uuid(),
    field: differingFieldSchema,
    row: z.number().int().min(0),
    take: takeSchema,
  }),
  async (input, { db }) => {
    await chooseValue(db, input);
    revalidatePath(`/searches/imports/${input.id}`);
    return true;
  },
);

/** Starts a checked import, for its search or, with criteria, as a new one. */
export const begin = actionFor(
  "operator",
  z.object({ id: z.uuid(), checkNo: z.number().int(), criteria: z.unknown().optional() }),
  async ({ id, checkNo, criteria }, { db }) => {
    const started =
      criteria === undefined
        ? await startImport(db, id, checkNo)
        : await startImportSearch(db, id, checkNo, criteria);
    if (started.outcome === "started") tellStarted(started);
    revalidatePath("/", "layout");
    return { outcome: started.outcome, searchId: started.searchId ?? null };
  },
);

/** Throws an import away that was not started. */
export const discard = actionFor(
  "operator",
  z.object({ id: z.uuid(), searchId: z.uuid().nullable() }),
  async ({ id, searchId }, { db }) => {
    await discardImport(db, id);
    redirect(searchId ? `/searches/${searchId}` : "/searches");
  },
);
