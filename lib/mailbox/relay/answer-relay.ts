import "server-only";
import { z } from "zod";
import { MailboxError, type MailboxErrorKind } from "@/lib/mailbox/transport";
import { logger } from "@/lib/server/logger";
import { type GuardedRequest, guardRelayRequest } from "./guard-request";
import { RelayRefusal } from "./relay-refusal";

/** The disk takes nothing. Transports write before they hand a mail over, and only then. */
const DISK_CODES = new Set(["ENOSPC", "EDQUOT", "EROFS"]);

/**
 * The one door of the relay: guard, parse, act, answer. Errors keep whether the mail surely did not leave (`certain`) and
 * what kind they are. `onRefused` hears of callers that know the secret and were refused all the same.
 */
export async function answerRelay<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  act: (input: z.output<Schema>, guarded: GuardedRequest) => Promise<object>,
  onRefused?: (refusal: RelayRefusal) => Promise<void>,
): Promise<Response> {
  try {
    const guarded = await guardRelayRequest(request);
    const json: unknown = guarded.body ? JSON.parse(guarded.body) : {};
    return Response.json(await act(schema.parse(json), guarded));
  } catch (error) {
    if (error instanceof RelayRefusal) {
      await onRefused?.(error);
      return refuse(error.status, "refused", error.message, true, error.kind);
    }
    if (error instanceof SyntaxError)
      return refuse(400, "invalid", `The body is not JSON: ${error.message}`, true, "invalid");
    if (error instanceof z.ZodError) return refuse(400, "invalid", z.prettifyError(error), true, "invalid");
    if (error instanceof MailboxError)
      return refuse(502, "mailbox", error.message, error.certain, error.kind);
    if (DISK_CODES.has((error as NodeJS.ErrnoException).code ?? ""))
      return refuse(
        507,
        "disk",
        "The disk beside the mailbox is full; nothing was handed over.",
        true,
        "busy",
      );
    logger.error({ err: error }, "the relay failed");
    return refuse(500, "internal", "The relay broke; its log has the details.", false, "failed");
  }
}

function refuse(
  status: number,
  code: string,
  message: string,
  certain: boolean,
  kind: MailboxErrorKind,
): Response {
  return Response.json({ error: { code, kind, message, certain } }, { status });
}
