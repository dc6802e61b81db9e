import type { StartedImport } from "@/lib/imports/start-import";
import { announce } from "./announce";
import { approvalDecided, extractionAnswered, searchCreated } from "./events";

/** Tells whichever run waits for it that an import was started. */
export function tellStarted({ runKey, extractionId, searchId }: StartedImport): void {
  if (runKey) announce(approvalDecided.create({ runKey, checkpoint: "extraction" }));
  else if (extractionId) announce(extractionAnswered.create({ extractionId }));
  else if (searchId) announce(searchCreated.create({ searchId }, { id: `search-${searchId}` }));
}
