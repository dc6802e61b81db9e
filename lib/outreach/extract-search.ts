import "server-only";
import type { Decision } from "@/lib/approvals/read-decision";
import { connectCoStar } from "@/lib/costar/browser-session";
import { SignInError } from "@/lib/costar/errors";
import { moveExtraction, openExtraction, readExtraction } from "@/lib/costar/extraction";
import { type BatchOutcome, runExtractionBatch } from "@/lib/costar/run-extraction";
import { chosenImport, openImportExtraction } from "@/lib/imports/run-import";
import { moveSearch } from "@/lib/searches/move-search";
import { approvedPayloads, isSearchEnded } from "./ensure-proposals";

/** Opens the extraction that a decision allows and moves the search along with it; null when a person ended the search. */
export async function beginExtraction(searchId: string, decision: Decision): Promise<string | null> {
  if (await isSearchEnded(searchId)) return null;
  const importId = chosenImport(decision.edits);
  const id = importId
    ? await openImportExtraction(searchId, decision.approvalId, importId)
    : (await openExtraction(searchId, decision.approvalId, approvedPayloads(decision).payloads)).id;
  await moveSearch(searchId, ["awaiting_extraction", "failed"], "extracting");
  return id;
}

export type Connected = {
  readonly outcome: "running" | "done" | "stopped" | "cancelled";
  readonly reason?: string;
};

export type Source = "costar" | "import";

/** Where an extraction's rows come from. One whose file a person chose needs no sign-in and starts at once. */
export async function chooseSource(extractionId: string): Promise<Source> {
  const extraction = await readExtraction(extractionId);
  if (extraction.import_id === null) return "costar";
  await moveExtraction(extractionId, ["waiting"], "running");
  return "import";
}

/** Signs in to CoStar for an extraction, waiting for the phone; a missing tap stops it with the reason, ready to retry. */
export async function connectForExtraction(extractionId: string): Promise<Connected> {
  const extraction = await readExtraction(extractionId);
  if (extraction.status === "completed") return { outcome: "done" };
  if (extraction.status === "cancelled" || extraction.status === "failed") return { outcome: "cancelled" };
  if (extraction.status === "stopped") return { outcome: "stopped", reason: extraction.reason ?? undefined };
  try {
    await connectCoStar(async () => (await readExtraction(extractionId)).status !== "cancelled");
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    await moveExtraction(extractionId, ["waiting", "running"], "stopped", error.message);
    return {
      outcome: (await readExtraction(extractionId)).status === "cancelled" ? "cancelled" : "stopped",
      reason: error.message,
    };
  }
  await moveExtraction(extractionId, ["waiting"], "running");
  return { outcome: (await readExtraction(extractionId)).status === "running" ? "running" : "cancelled" };
}

/** Works on a running extraction for a while and writes down how it ended, when it did. */
export async function continueExtraction(extractionId: string): Promise<BatchOutcome> {
  const batch = await runExtractionBatch(extractionId);
  switch (batch.outcome) {
    case "done":
      await moveExtraction(extractionId, ["running"], "completed");
      break;
    case "session_gone":
      await moveExtraction(extractionId, ["running"], "waiting", batch.reason);
      break;
    case "refused":
    case "failed":
      await moveExtraction(extractionId, ["running"], "stopped", batch.reason);
      break;
  }
  return batch;
}
