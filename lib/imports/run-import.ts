import "server-only";
import { z } from "zod";
import { moveExtraction } from "@/lib/costar/extraction";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const outcomeSchema = z.enum(["more", "done", "cancelled"]);
export type ImportOutcome = z.infer<typeof outcomeSchema>;

const editsSchema = z.object({ import: z.uuid() });

/** The import a decision on the extraction checkpoint chose instead of CoStar, or null. */
export function chosenImport(edits: unknown): string | null {
  const parsed = editsSchema.safeParse(edits);
  return parsed.success ? parsed.data.import : null;
}

/** Opens the extraction an approval allows with a file as its source, or finds it. @returns its id. */
export async function openImportExtraction(
  searchId: string,
  approvalId: string,
  importId: string,
): Promise<string> {
  return unwrap(
    await serviceDb().rpc("open_import_extraction", {
      p_search_id: searchId,
      p_approval_id: approvalId,
      p_import_id: importId,
    }),
  );
}

/** Rows of one transaction: short, because the embedded database answers nobody else meanwhile. */
const CHUNK = 300;

/**
 * Saves rows of an import for a while. Each chunk is stored whole with how far it came, so a crash saves none twice and
 * loses none; cancelling takes effect between chunks.
 */
export async function runImportBatch(extractionId: string, budgetMs = 5_000): Promise<ImportOutcome> {
  const until = Date.now() + budgetMs;
  const db = serviceDb();
  while (Date.now() < until) {
    const outcome = outcomeSchema.parse(
      unwrap(await db.rpc("save_import_rows", { p_extraction_id: extractionId, p_limit: CHUNK })),
    );
    if (outcome === "done") await moveExtraction(extractionId, ["running"], "completed");
    if (outcome !== "more") return outcome;
  }
  return "more";
}
