import { cron } from "inngest";
import { tidyImports as tidy } from "@/lib/imports/tidy-imports";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { importMapped } from "../events";

/** Goes on with checks whose event was lost, and deletes the rows of files whose time is over. */
export const tidyImports = inngest.createFunction(
  { id: "tidy-imports", triggers: [cron("* * * * *")], concurrency: [{ limit: 1 }], retries: 1 },
  async ({ step }) => {
    if (env().DRY_RUN) return { dryRun: "nothing is deleted in a dry run" };
    const stalled = await step.run("tidy imports", () => tidy());
    if (stalled.length > 0)
      await step.sendEvent(
        "nudge",
        stalled.map((importId) => importMapped.create({ importId })),
      );
    return { nudged: stalled.length };
  },
);
