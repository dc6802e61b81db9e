import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isAuthorized } from "../calls/sign";
import { messageOf, RequestError } from "../errors";
import { refuseBrowsers } from "./guard";
import { readBody } from "./read-body";
import type { Answer, Route, Services } from "./route";
import { routes } from "./routes";

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the protocol and the console API. @throws {Error} when the port is taken. */
export async function listen(services: Services, port: number): Promise<HttpServer> {
  const { host } = services.ledger.core.settings;
  const server = http.createServer((request, response) => void serve(services, request, response));
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function serve(services: Services, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let route: Route | undefined;
  let answer: Answer;
  try {
    const { settings } = services.ledger.core;
    refuseBrowsers(request.headers, settings.allowedHosts);
    const url = new URL(request.url ?? "/", "http://engine");
    const found = findRoute(request.method ?? "GET", url.pathname);
    route = found.route;
    if (
      route.access === "signing-key" &&
      settings.signingKey &&
      !isAuthorized(request.headers.authorization, settings.signingKey)
    )
      throw new RequestError(401, "Authentication failed", "invalid_signing_key");
    const body = request.method === "GET" ? "" : await readBody(request);
    answer = await route.handle(
      { headers: request.headers, query: url.searchParams, body, params: found.params },
      services,
    );
  } catch (error) {
    answer = describeError(services, route, error);
  }
  send(services, response, answer);
}

function findRoute(method: string, path: string): { route: Route; params: string[] } {
  let isKnownPath = false;
  for (const route of routes) {
    const match = route.path.exec(path);
    if (!match) continue;
    isKnownPath = true;
    if (route.method === method) return { route, params: match.slice(1).map(decode) };
  }
  throw isKnownPath
    ? new RequestError(405, `${method} is not allowed here`, "method_not_allowed")
    : new RequestError(404, `no such route: ${path}`, "not_found");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function describeError(services: Services, route: Route | undefined, error: unknown): Answer {
  const isExpected = error instanceof RequestError;
  if (!isExpected)
    services.ledger.core.settings.logger.error("a request failed", { reason: messageOf(error) });
  const status = isExpected ? error.status : 500;
  const message = messageOf(error);
  if (route?.errors === "v2")
    return { status, body: { errors: [{ code: isExpected ? error.code : "internal_error", message }] } };
  if (route?.errors === "events") return { status, body: { ids: [""], status, error: message } };
  return { status, body: { error: message, status } };
}

function send(services: Services, response: ServerResponse, { status = 200, body }: Answer): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "x-inngest-server-kind": services.ledger.core.settings.signingKey ? "cloud" : "dev",
  });
  response.end(text);
}
