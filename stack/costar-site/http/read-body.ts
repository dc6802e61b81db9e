import type { IncomingMessage } from "node:http";
import { BodyTooLargeError, readBytes } from "@/stack/http/read-body";
import { SiteError } from "./site-error";

const MAX_BODY_BYTES = 1_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  try {
    return (await readBytes(request, MAX_BODY_BYTES)).toString("utf8");
  } catch (cause) {
    if (cause instanceof BodyTooLargeError) throw new SiteError(413, "the request is too large", { cause });
    throw cause;
  }
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request);
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new SiteError(400, "the request is not JSON", { cause });
  }
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readBody(request));
}
