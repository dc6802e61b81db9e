import { z } from "zod";
import { tellStarted } from "@/inngest/tell-started";
import { startImport, startImportSearch } from "@/lib/imports/start-import";
import { problem, readJson, respond } from "@/lib/server/respond";

const startSchema = z.object({
  checkNo: z.number().int(),
  /** For an import that has no search yet: buyer criteria, whole */
  criteria: z.unknown().optional(),
});

const REFUSALS = {
  already_started: "This import was started before.",
  changed: "The import was checked anew since, or is not ready. Read it again, then start it.",
  not_waiting: "The search does not wait for an extraction any more.",
} as const;

/** `POST /api/imports/:id/start` `{checkNo, criteria?}`: answers the extraction checkpoint with this file */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const { checkNo, criteria } = await readJson(request, startSchema);
    const started =
      criteria === undefined
        ? await startImport(db, id, checkNo)
        : await startImportSearch(db, id, checkNo, criteria);
    if (started.outcome !== "started")
      return problem(409, {
        error: started.outcome,
        message: REFUSALS[started.outcome],
        searchId: started.searchId,
      });
    tellStarted(started);
    return Response.json({ searchId: started.searchId, url: `/searches/${started.searchId}` });
  });
}
