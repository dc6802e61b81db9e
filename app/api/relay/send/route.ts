import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { localTransport } from "@/lib/mailbox/relay/local-transport";
import { relaySendSchema } from "@/lib/mailbox/relay/protocol";

/** `POST /api/relay/send`: one mail, once, whatever its key was tried before */
export function POST(request: Request): Promise<Response> {
  return answerRelay(request, relaySendSchema, (mail) => localTransport().send(mail));
}
