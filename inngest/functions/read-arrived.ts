import { findMailbox } from "@/lib/replies/find-mailbox";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { mailArrived } from "../events";
import { readFolder } from "../read-folder";

/** A mailbox that can push is read the moment mail came in, its inbox only: the rest is looked at each minute. */
export const readArrived = inngest.createFunction(
  {
    id: "read-arrived",
    triggers: [mailArrived],
    concurrency: [{ key: "event.data.address", limit: 1 }],
    retries: 1,
  },
  async ({ event, step }) => {
    if (env().DRY_RUN) return { dryRun: "no inbox is read into the desk in a dry run" };
    const mailboxId = await step.run("find the mailbox", () => findMailbox(event.data.address));
    if (!mailboxId) return { outcome: "this desk has no such mailbox" };
    return { inbox: await readFolder(step, mailboxId, "inbox") };
  },
);
