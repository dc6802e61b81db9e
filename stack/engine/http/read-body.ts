import type { IncomingMessage } from "node:http";
import { JsonBoundError, refuseDeepJson } from "@/stack/http/bound-json";
import { BodyTooLargeError, readBytes } from "@/stack/http/read-body";
import { messageOf, RequestError } from "../errors";

/** Largest body accepted: a checkpoint may carry several steps of 4 MiB. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Reads a request's body as text. @throws {RequestError} 413 when it is too large. */
export async function readBody(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<string> {
  try {
    return (await readBytes(request, limit)).toString("utf8");
  } catch (cause) {
    if (cause instanceof BodyTooLargeError)
      throw new RequestError(413, cause.message, "too_large", { cause });
    throw cause;
  }
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
