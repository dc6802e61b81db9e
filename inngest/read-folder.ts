import type { Folder } from "@/lib/replies/folders";
import type { Place } from "@/lib/replies/next-place";
import { type PageResult, syncPage } from "@/lib/replies/sync-folder";
import { emailSynced, mailBurst } from "./events";
import type { Step } from "./wait-for-decision";

/** 10,000 new mails; what is left is gone on with a minute later. */
const MOST_PAGES = 100;

/**
 * Reads a folder page by page until caught up. New rows wake their readers by Realtime; the events sent here are the same
 * ones. Of a burst nobody is told mail by mail.
 * @returns how many mails are new, or why it failed: one folder that cannot be read does not hide the others.
 */
export async function readFolder(step: Step, mailboxId: string, folder: Folder): Promise<number | string> {
  let place: Place | null = null;
  let stored = 0;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const from: Place | null = place;
    const result = (await step
      .run(`read ${folder} ${page}`, () => syncPage(mailboxId, folder, from))
      .catch((error: Error) => error.message)) as PageResult | string;
    if (typeof result === "string") return result;
    stored += result.stored;
    if (result.newIds.length > 0)
      await step.sendEvent(
        `announce ${folder} ${page}`,
        result.newIds.map((emailId) => emailSynced.create({ emailId }, { id: `email-${emailId}` })),
      );
    if (result.inBurst > 0) await step.sendEvent(`announce a burst ${folder} ${page}`, mailBurst.create({}));
    if (!result.next) break;
    place = result.next;
  }
  return stored;
}
