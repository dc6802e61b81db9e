import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { localTransport } from "@/lib/mailbox/relay/local-transport";
import { relayFindSchema } from "@/lib/mailbox/relay/protocol";

/** `POST /api/relay/find`: where the mail with this key is, if anywhere */
export function POST(request: Request): Promise<Response> {
  return answerRelay(request, relayFindSchema, async ({ account, key }) => ({
    item: await localTransport().find(account, key),
  }));
}
