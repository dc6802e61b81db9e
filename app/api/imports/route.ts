import { announce } from "@/inngest/announce";
import { importMapped } from "@/inngest/events";
import { receiveUpload } from "@/lib/imports/read-upload";
import { respond } from "@/lib/server/respond";

/** `POST /api/imports`, multipart with `file` and perhaps `mapping`: takes an export in for a search that is still to be made. */
export function POST(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const id = await receiveUpload(db, null, request);
    announce(importMapped.create({ importId: id }));
    return Response.json({ id, url: `/searches/imports/${id}` }, { status: 202 });
  });
}
