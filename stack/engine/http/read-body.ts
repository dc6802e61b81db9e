import type { IncomingMessage } from "node:http";
import { JsonBoundError, refuseDeepJson } from "@/stack/http/bound-json";
import { messageOf, RequestError } from "../errors";

/** Largest body accepted: a checkpoint may carry several steps of 4 MiB. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Reads a request's body as text. @throws {RequestError} 413 when it is too large. */
export async function readBody(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<string> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Parses a JSON body; an empty one is `{}`. @throws {RequestError} 400, and 413 when it is nested too deeply. */
export function parseJson(body: string): unknown {
  if (body.trim() === "") return {};
  try {
    // A step may carry as many values as it likes: the size of the body bounds them.
    refuseDeepJson(body, Number.POSITIVE_INFINITY);
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (error instanceof JsonBoundError)
      throw new RequestError(413, error.message, "too_deep", { cause: error });
    throw new RequestError(400, `the body is not JSON: ${messageOf(error)}`, "invalid_json", {
      cause: error,
    });
  }
}

function tooLarge(limit: number): RequestError {
  return new RequestError(413, `the body is larger than ${limit} bytes`, "too_large");
}
