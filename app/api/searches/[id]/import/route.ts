import { announce } from "@/inngest/announce";
import { importMapped } from "@/inngest/events";
import { canImport } from "@/lib/imports/can-import";
import { receiveUpload } from "@/lib/imports/read-upload";
import { problem, respond } from "@/lib/server/respond";

/** `POST /api/searches/:id/import`, multipart with `file` and perhaps `mapping`: takes an export in for a search that waits. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const standing = await canImport(db, (await params).id);
    if (!standing.can)
      return problem(standing.isMissing ? 404 : 409, {
        error: standing.isMissing ? "not_found" : "not_waiting",
        message: standing.why,
      });
    const id = await receiveUpload(db, standing.search.id, request);
    announce(importMapped.create({ importId: id }));
    return Response.json({ id, url: `/searches/imports/${id}` }, { status: 202 });
  });
}
