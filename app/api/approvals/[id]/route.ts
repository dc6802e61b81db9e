import { getApproval } from "@/lib/approvals/get-approval";
import { problem, respond } from "@/lib/server/respond";

/** `GET /api/approvals/:id` */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const found = await getApproval(db, id);
    if (!found) return problem(404, { error: "not_found", message: `There is no approval ${id}.` });
    return Response.json({ ...found.approval, earlier: found.earlier });
  });
}
