import { loadLookups } from "@/lib/criteria/lookups";
import { writeCsvLine } from "@/lib/files/write-csv-line";
import { respond } from "@/lib/server/respond";

/** `GET /api/lookups?as=json|csv`: the set as it can be imported again */
export function GET(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { markets, propertyTypes, ownerTypes } = await loadLookups(db);
    const asCsv = new URL(request.url).searchParams.get("as") === "csv";
    const headers = { "content-disposition": `attachment; filename="lookups.${asCsv ? "csv" : "json"}"` };
    if (!asCsv) return Response.json({ markets, propertyTypes, ownerTypes }, { headers });
    const kinds = { market: markets, property_type: propertyTypes, owner_type: ownerTypes };
    const lines = Object.entries(kinds).flatMap(([kind, list]) =>
      list.map(({ id, name, marketFilter }) =>
        writeCsvLine([kind, String(id), name, marketFilter ? "yes" : "no"]),
      ),
    );
    return new Response(`\uFEFF${writeCsvLine(["kind", "id", "name", "market_filter"])}${lines.join("")}`, {
      headers: { ...headers, "content-type": "text/csv; charset=utf-8" },
    });
  });
}
