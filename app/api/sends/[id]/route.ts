import { getSend } from "@/lib/sending/get-send";
import { problem, respond } from "@/lib/server/respond";
import { toAnswer } from "../to-answer";

/** `GET /api/sends/:id`: one send and, in `why`, why it has not gone yet. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const send = await getSend(db, id);
    if (!send) return problem(404, { error: "not_found", message: `There is no send ${id}.` });
    return Response.json(toAnswer(send));
  });
}
