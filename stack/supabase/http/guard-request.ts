import type { IncomingHttpHeaders } from "node:http";
import { RefusedRequestError } from "./read-body";

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * A page on the internet can point its own host name at 127.0.0.1 and then read answers as "same origin". It cannot
 * forge the Host header, so anything but a loopback name is refused.
 * @throws {RefusedRequestError} 403
 */
export function refuseForeignHost(headers: IncomingHttpHeaders): void {
  if (!LOOPBACK.test(headers.host ?? ""))
    throw new RefusedRequestError(403, "host_not_allowed", "This server answers only to loopback host names");
}

/**
 * Whether the request comes from a page in a browser. `Sec-Fetch-Mode` alone does not count: Node's fetch sends it.
 */
export function isFromBrowser(headers: IncomingHttpHeaders): boolean {
  return ["origin", "sec-fetch-site", "sec-fetch-dest"].some((name) => headers[name] !== undefined);
}

/**
 * Splits and decodes the address of a request.
 * @throws {RefusedRequestError} 400 when it is malformed or carries a NUL character, which SQL text cannot hold.
 */
export function readAddress(url: string): { readonly pathname: string; readonly params: URLSearchParams } {
  if (/%00|\0/.test(url))
    throw new RefusedRequestError(400, "bad_address", "The address contains a NUL character");
  // Not `new URL`: a path of "//host/x" would name a host there, and it takes three times as long.
  const at = url.indexOf("?");
  const [path, query] = at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
  try {
    return { pathname: decodeURIComponent(path), params: new URLSearchParams(query) };
  } catch (error) {
    throw new RefusedRequestError(400, "bad_address", "The address is malformed", { cause: error });
  }
}
