import { approvalFilterSchema, listApprovals } from "@/lib/approvals/list-approvals";
import { respond } from "@/lib/server/respond";

/** `GET /api/approvals?status=&checkpoint=&limit=&cursor=` */
export function GET(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const filter = approvalFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return Response.json(await listApprovals(db, filter));
  });
}
