import { announce } from "@/inngest/announce";
import { searchCreated } from "@/inngest/events";
import { MAX_CRITERIA_BYTES } from "@/lib/criteria/criteria";
import { createSearch } from "@/lib/searches/create-search";
import { readJsonText, respond } from "@/lib/server/respond";

/** `POST /api/searches` with buyer criteria as JSON */
export function POST(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const id = await createSearch(db, await readJsonText(request, MAX_CRITERIA_BYTES), "api");
    announce(searchCreated.create({ searchId: id }, { id: `search-${id}` }));
    return Response.json({ id, url: `/searches/${id}` }, { status: 201 });
  });
}
