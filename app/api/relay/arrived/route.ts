import { announce } from "@/inngest/announce";
import { mailArrived } from "@/inngest/events";
import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { relayArrivedSchema } from "@/lib/mailbox/relay/protocol";

/** `POST /api/relay/arrived`: mail came into an inbox beside a relay on another machine */
export function POST(request: Request): Promise<Response> {
  return answerRelay(request, relayArrivedSchema, async ({ account }) => {
    announce(mailArrived.create({ address: account.toLowerCase() }));
    return { ok: true };
  });
}
