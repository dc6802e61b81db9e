import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { localTransport } from "@/lib/mailbox/relay/local-transport";
import { relayListSchema } from "@/lib/mailbox/relay/protocol";

/** `POST /api/relay/list`: what a folder holds since an instant, oldest first */
export function POST(request: Request): Promise<Response> {
  return answerRelay(request, relayListSchema, ({ account, folder, sinceUtc, limit }) =>
    localTransport().list(account, folder, sinceUtc, limit),
  );
}
