import { checkImportBatch } from "@/lib/imports/check-import";
import { inngest } from "../client";
import { importMapped } from "../events";

/** Checks an uploaded export row by row. It changes nothing but the preview, so it runs in a dry run too. */
export const checkImport = inngest.createFunction(
  {
    id: "check-import",
    triggers: [importMapped],
    // A check works from where the last chunk left off, whichever run did it; a second run at a time is only in the way.
    singleton: { key: "event.data.importId", mode: "skip" },
    retries: 3,
  },
  async ({ event, step }) => {
    const { importId } = event.data;
    for (let batch = 1; ; batch++) {
      const outcome = await step.run(`check rows ${batch}`, () => checkImportBatch(importId));
      if (outcome !== "more") return { outcome };
    }
  },
);
