import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { relayReportSchema } from "@/lib/mailbox/relay/protocol";
import { noteRelayProblem, registerRelay } from "@/lib/mailbox/relay/register-relay";

/** `POST /api/relay/register`: a relay on another machine says where it is and what it has */
export function POST(request: Request): Promise<Response> {
  return answerRelay(
    request,
    relayReportSchema,
    (report, { clockOffsetMs }) => registerRelay(report, clockOffsetMs),
    async ({ message, proven }) => {
      if (proven) await noteRelayProblem(proven.body, message, proven.clockOffsetMs);
    },
  );
}
