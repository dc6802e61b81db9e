import { FOLDERS } from "@/lib/replies/folders";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { mailboxSync } from "../events";
import { readFolder } from "../read-folder";

/** Reads what came into one mailbox, and what left it, until caught up. */
export const syncMailbox = inngest.createFunction(
  {
    id: "sync-mailbox",
    triggers: [mailboxSync],
    // A minute's look at a mailbox that is still being read would only read the same again.
    singleton: { key: "event.data.mailboxId", mode: "skip" },
    retries: 1,
  },
  async ({ event, step }) => {
    if (env().DRY_RUN) return { dryRun: "no inbox is read into the desk in a dry run" };
    const counts: Record<string, number | string> = {};
    for (const folder of FOLDERS) counts[folder] = await readFolder(step, event.data.mailboxId, folder);
    return counts;
  },
);
