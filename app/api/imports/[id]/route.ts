import { loadImport } from "@/lib/imports/load-import";
import { problem, respond } from "@/lib/server/respond";

/** `GET /api/imports/:id`: how far the check is, and what it came to */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const found = await loadImport(db, id);
    if (!found) return problem(404, { error: "not_found", message: `There is no import ${id}.` });
    return Response.json({
      id: found.id,
      searchId: found.search_id,
      fileName: found.file_name,
      readAs: found.read_as,
      status: found.status,
      headers: found.headers,
      mapping: found.mapping,
      checkNo: found.check_no,
      rows: found.row_count,
      checkedRows: found.checked_rows,
      savedRows: found.applied_rows,
      counts: found.counts,
    });
  });
}
