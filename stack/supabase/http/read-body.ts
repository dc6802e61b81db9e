import type { IncomingMessage } from "node:http";
import { BodyTooLargeError, readBytes } from "@/stack/http/read-body";

/** The largest body read, as hosted's gateway: 10 MB. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** A request the door refuses before any service sees it. */
export class RefusedRequestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "RefusedRequestError";
  }
}

/** @throws {RefusedRequestError} 413 over 10 MB, 400 when it is not UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string> {
  try {
    const bytes = await readBytes(request, MAX_BODY_BYTES);
    return bytes.length === 0 ? "" : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof BodyTooLargeError)
      throw new RefusedRequestError(413, "body_too_large", cause.message, { cause });
    if (cause instanceof TypeError)
      throw new RefusedRequestError(400, "bad_encoding", "The body is not valid UTF-8", { cause });
    throw cause;
  }
}
