import { z } from "zod";
import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { localTransport } from "@/lib/mailbox/relay/local-transport";
import { describeMachine } from "@/lib/mailbox/relay/machine";

/** `GET /api/relay/health`: which program sends here, and for which accounts */
export function GET(request: Request): Promise<Response> {
  return answerRelay(request, z.object({}), async () => {
    const { name, version } = describeMachine();
    const info = await localTransport().ping();
    return { ok: true, ...info, name, relayVersion: version, time: new Date().toISOString() };
  });
}
