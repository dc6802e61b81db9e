import { respond } from "@/lib/server/respond";
import { listCheckpoints } from "@/lib/trust/checkpoints";

/** `GET /api/checkpoints` */
export function GET(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => Response.json({ items: await listCheckpoints(db) }));
}
