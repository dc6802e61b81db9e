import { announce } from "@/inngest/announce";
import { importMapped } from "@/inngest/events";
import { mapImport } from "@/lib/imports/map-import";
import { mappingSchema } from "@/lib/imports/mapping-schema";
import { readJson, respond } from "@/lib/server/respond";

/** `PUT /api/imports/:id/mapping` `{"address": "Property Address", "email": "Email", …}`: checks the rows anew under it */
export function PUT(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const status = await mapImport(db, id, await readJson(request, mappingSchema));
    announce(importMapped.create({ importId: id }));
    return Response.json({ id, status }, { status: 202 });
  });
}
