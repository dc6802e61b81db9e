import { z } from "zod";
import { listSends, SEND_STATUSES } from "@/lib/campaigns/list-sends";
import { describeSends } from "@/lib/sending/describe-sends";
import { respond } from "@/lib/server/respond";
import { toAnswer } from "./to-answer";

const filterSchema = z.object({
  status: z.enum(SEND_STATUSES).optional(),
  campaign: z.uuid().optional(),
  cursor: z
    .string()
    .regex(/^[^~]+~[0-9a-f-]{36}$/, "the nextCursor of an earlier page")
    .optional(),
});

/** `GET /api/sends?status=&campaign=&cursor=`: sends by due time, each that has not gone with `why`, one sentence. */
export function GET(request: Request): Promise<Response> {
  return respond(request, "operator", async ({ db }) => {
    const { campaign, ...filter } = filterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    const { items, nextCursor } = await listSends(db, filter, campaign);
    return Response.json({ items: (await describeSends(db, items)).map(toAnswer), nextCursor });
  });
}
