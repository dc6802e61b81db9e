import { loadImport } from "@/lib/imports/load-import";
import { writeSkipped } from "@/lib/imports/write-skipped";
import { problem, respond } from "@/lib/server/respond";

/** `GET /api/imports/:id/skipped`: the rows that bring no contact, each with its reason, as CSV */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const found = await loadImport(db, id);
    if (!found || found.rows_deleted_at)
      return problem(404, {
        error: "not_found",
        message: found
          ? "The rows of this import were deleted; its time was over."
          : `There is no import ${id}.`,
      });
    const lines = writeSkipped(db, id, found.headers);
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const next = await lines.next();
        if (next.done) controller.close();
        else controller.enqueue(new TextEncoder().encode(next.value));
      },
    });
    const name = `${found.file_name.replace(/\.[a-z.]+$/i, "").replaceAll(/[^\w .-]/g, "_")} - not imported.csv`;
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  });
}
