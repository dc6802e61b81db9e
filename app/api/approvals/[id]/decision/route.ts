import { z } from "zod";
import { announce } from "@/inngest/announce";
import { approvalDecided } from "@/inngest/events";
import { decideApproval, decisionSchema } from "@/lib/approvals/decide-approval";
import { problem, readJson, respond } from "@/lib/server/respond";

/** `POST /api/approvals/:id/decision` `{decision, feedback?, edits?, contentHash}` */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { id } = await params;
    const input = await readJson(request, decisionSchema);
    const result = z.uuid().safeParse(id).success ? await decideApproval(db, id, input) : null;
    switch (result?.outcome) {
      case "decided":
        announce(
          approvalDecided.create({ runKey: result.runKey ?? "", checkpoint: result.checkpoint ?? "" }),
        );
        return Response.json(result);
      case "already_decided":
        return problem(409, {
          error: "already_decided",
          message: `Already ${result.status?.replaceAll("_", " ")} by ${result.decidedBy ?? "a newer revision"}.`,
          decidedBy: result.decidedBy,
          decidedAt: result.decidedAt,
          status: result.status,
        });
      case "changed":
        return problem(409, {
          error: "changed",
          message: "The proposal is not the one you saw. Read it again, then decide.",
          contentHash: result.contentHash,
        });
      default:
        return problem(404, { error: "not_found", message: `There is no approval ${id}.` });
    }
  });
}
