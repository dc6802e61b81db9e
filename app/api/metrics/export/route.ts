import { loadView } from "@/lib/metrics/load-view";
import { findTable } from "@/lib/metrics/tables";
import { metricsQuerySchema } from "@/lib/metrics/view";
import { writeCsv } from "@/lib/metrics/write-csv";
import { readQuery } from "@/lib/server/read-query";
import { problem, respond } from "@/lib/server/respond";

/** `GET /api/metrics/export?table=agents&from=…`: one table of the Metrics pages as CSV, line by line. */
export function GET(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const name = query.table ?? "";
    const table = findTable(name);
    if (table === null)
      return problem(404, {
        error: "not_found",
        message: "There is no such table. Export from a Metrics page.",
      });
    const view = await loadView(db, await readQuery(query, metricsQuerySchema));
    const lines = writeCsv(table.columns, await table.load(db, view));
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const line = lines.next();
        if (line.done) controller.close();
        else controller.enqueue(encoder.encode(line.value));
      },
    });
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}-${view.from}-to-${view.to}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}
