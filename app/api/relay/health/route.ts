import { z } from "zod";
import { answerRelay } from "@/lib/relay/answer-relay";
import { localTransport } from "@/lib/relay/local-transport";

/** `GET /api/relay/health`: which program sends here, and for which accounts */
export function GET(request: Request): Promise<Response> {
  return answerRelay(request, z.object({}), async () => ({
    ok: true,
    ...(await localTransport().ping()),
    time: new Date().toISOString(),
  }));
}
