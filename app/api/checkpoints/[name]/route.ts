import { checkpointSchema } from "@/lib/approvals/proposals";
import { problem, readJson, respond } from "@/lib/server/respond";
import { modeSchema, setCheckpointMode } from "@/lib/trust/checkpoints";

/** `PUT /api/checkpoints/:name` `{mode: "plan"|"auto", reason?, until?, scope?}` */
export function PUT(request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { name } = await params;
    const checkpoint = checkpointSchema.safeParse(name);
    if (!checkpoint.success)
      return problem(404, { error: "not_found", message: `There is no checkpoint named ${name}.` });
    const { mode, reason, ...limits } = await readJson(request, modeSchema);
    return Response.json(await setCheckpointMode(db, checkpoint.data, mode, reason, limits));
  });
}
