import type { IncomingMessage } from "node:http";

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
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  // A request that announces no body has none (RFC 9112, section 6.3): nothing to wait for.
  if (length === undefined && encoding === undefined) return "";
  if (Number(length ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  if (size === 0) return "";
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new RefusedRequestError(400, "bad_encoding", "The body is not valid UTF-8", { cause: error });
  }
}

function tooLarge(): RefusedRequestError {
  return new RefusedRequestError(413, "body_too_large", `The body is larger than ${MAX_BODY_BYTES} bytes`);
}
