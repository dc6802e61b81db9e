import type { IncomingMessage } from "node:http";

/** A body over the limit; what is left of it is not read. */
export class BodyTooLargeError extends Error {
  override name = "BodyTooLargeError";

  constructor(readonly limit: number) {
    super(`the body is larger than ${limit} bytes`);
  }
}

/** The whole body of a request. @throws {BodyTooLargeError} as soon as that is known, announced or not. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  // A request that announces no body has none (RFC 9112, section 6.3): nothing to wait for.
  if (length === undefined && encoding === undefined) return Buffer.alloc(0);
  if (Number(length ?? 0) > limit) throw new BodyTooLargeError(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLargeError(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
