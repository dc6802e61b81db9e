import "server-only";
import { z } from "zod";
import { logger } from "@/lib/log/logger";
import { MailboxError } from "@/lib/mailbox/transport";
import { guardRelayRequest, RelayRefusal } from "./guard-request";

/**
 * The one door of the relay: guard, parse, act, answer. Errors keep whether the mail surely did not leave (`certain`).
 */
export async function answerRelay<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  act: (input: z.output<Schema>) => Promise<object>,
): Promise<Response> {
  try {
    const body = await guardRelayRequest(request);
    const json: unknown = body ? JSON.parse(body) : {};
    return Response.json(await act(schema.parse(json)));
  } catch (error) {
    if (error instanceof RelayRefusal) return refuse(error.status, "refused", error.message, true);
    if (error instanceof SyntaxError)
      return refuse(400, "invalid", `The body is not JSON: ${error.message}`, true);
    if (error instanceof z.ZodError) return refuse(400, "invalid", z.prettifyError(error), true);
    if (error instanceof MailboxError) return refuse(502, "mailbox", error.message, error.certain);
    logger.error({ err: error }, "the relay failed");
    return refuse(500, "internal", "The relay broke; its log has the details.", false);
  }
}

function refuse(status: number, code: string, message: string, certain: boolean): Response {
  return Response.json({ error: { code, message, certain } }, { status });
}
