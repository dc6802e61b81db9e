import type { IncomingHttpHeaders } from "node:http";
import { RequestError } from "../errors";

const LOOPBACK = /^(127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Keeps web pages out. A page can make a browser send requests to loopback: such a request carries `Origin` or `Sec-Fetch-Site`, and
 * after DNS rebinding a foreign `Host`. Programs send none of these.
 * @throws {RequestError} 403
 */
export function refuseBrowsers(headers: IncomingHttpHeaders, allowedHosts: readonly string[]): void {
  const host = headers.host ?? "";
  if (!LOOPBACK.test(host) && !allowedHosts.includes(host.replace(/:\d+$/, "")))
    throw new RequestError(403, `host "${host}" is not allowed`, "forbidden");
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "none" && site !== "same-origin")
    throw new RequestError(403, "requests from web pages are not allowed", "forbidden");
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    throw new RequestError(403, "requests from web pages are not allowed", "forbidden");
}
