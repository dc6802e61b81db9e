import { answerUnsubscribe } from "@/lib/sending/answer-unsubscribe";

export const dynamic = "force-dynamic";

/** `GET /unsubscribe?token=`: asks; changes nothing. Public. */
export function GET(request: Request): Promise<Response> {
  return answerUnsubscribe(request);
}

/** `POST /unsubscribe?token=`: opts out, by the button on the page or by a mail program's one click (RFC 8058). Public. */
export function POST(request: Request): Promise<Response> {
  return answerUnsubscribe(request);
}
