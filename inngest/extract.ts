import { readExtraction } from "@/lib/costar/extraction";
import { runImportBatch } from "@/lib/imports/run-import";
import { chooseSource, connectForExtraction, continueExtraction } from "@/lib/outreach/extract-search";
import { extractionAnswered } from "./events";
import { type Step, timeoutOf } from "./wait-for-decision";

/**
 * Runs an extraction to its end: sign in with the phone, then batch after batch. When it stops (no tap, session gone, rate
 * refused) a person says when to go on; what is stored is never asked for again.
 */
export async function extract(step: Step, extractionId: string): Promise<"done" | "cancelled"> {
  for (let session = 1; ; session++) {
    const source = await step.run(`choose the source ${session}`, () => chooseSource(extractionId));
    if (source === "import") return importRows(step, extractionId);
    const connected = await step.run(`connect to CoStar ${session}`, () =>
      connectForExtraction(extractionId),
    );
    if (connected.outcome === "done" || connected.outcome === "cancelled") return connected.outcome;
    if (connected.outcome === "stopped") {
      await waitForAnswer(step, extractionId, session);
      continue;
    }
    for (let batch = 1; ; batch++) {
      const { outcome } = await step.run(`extract ${session}.${batch}`, () =>
        continueExtraction(extractionId),
      );
      if (outcome === "done" || outcome === "cancelled") return outcome;
      if (outcome !== "more") break;
    }
  }
}

async function importRows(step: Step, extractionId: string): Promise<"done" | "cancelled"> {
  for (let batch = 1; ; batch++) {
    const outcome = await step.run(`import rows ${batch}`, () => runImportBatch(extractionId));
    if (outcome !== "more") return outcome;
  }
}

async function waitForAnswer(step: Step, extractionId: string, session: number): Promise<void> {
  for (let round = 0; ; round++) {
    const status = await step.run(
      `read extraction ${session}.${round}`,
      async () => (await readExtraction(extractionId)).status,
    );
    if (status !== "stopped") return;
    await step.waitForEvent(`wait for the phone ${session}.${round}`, {
      event: extractionAnswered,
      if: `async.data.extractionId == "${extractionId}"`,
      timeout: timeoutOf(round),
    });
  }
}
