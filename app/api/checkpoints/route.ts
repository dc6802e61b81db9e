import { respond } from "@/lib/api/respond";
import { listCheckpoints } from "@/lib/settings/checkpoints";

/** `GET /api/checkpoints` */
export function GET(request: Request): Promise<Response> {
  return respond(request, async ({ db }) => Response.json({ items: await listCheckpoints(db) }));
}
