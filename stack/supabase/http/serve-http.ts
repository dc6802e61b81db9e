import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AuthError } from "../auth/auth-error";
import { type ApiRequest, type ApiResponse, type Logger, respondJson } from "./exchange";
import { readAddress, refuseForeignHost } from "./guard-request";
import { RefusedRequestError, readBody } from "./read-body";

export interface HttpService {
  /** Serves `GET|POST|… /<prefix>/v1/<path>`. */
  readonly prefix: "rest" | "auth";
  handle(request: ApiRequest): Promise<ApiResponse>;
}

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly services: readonly HttpService[];
  readonly health: object;
  /** Answers POST /backup with everything that is stored, in one file. */
  readonly backup?: (headers: http.IncomingHttpHeaders) => Promise<ApiResponse>;
  readonly logger: Logger;
  /** Takes over a WebSocket handshake on /realtime/v1/websocket. */
  upgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer, params: URLSearchParams): void;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "content-range, x-total-count, x-supabase-api-version",
};

/** Longer than the pause between two requests of a page, so that connections are reused. */
const KEEP_ALIVE_MS = 65_000;

/** The one port: routes requests to the services, answers preflights and /health, keeps foreign hosts out. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answer(options, request)
      .catch((error: unknown) => answerFailure(error, request, options.logger))
      .then((reply) => {
        // What is left of a refused body would be read as the next request.
        if (!request.complete) response.setHeader("connection", "close");
        return writeReply(response, reply);
      })
      .catch((error: unknown) => {
        options.logger.error({ err: error, url: request.url }, "the answer could not be written");
        response.destroy();
      });
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    try {
      refuseForeignHost(request.headers);
      const { pathname, params } = readAddress(request.url ?? "/");
      if (pathname !== "/realtime/v1/websocket") throw new RefusedRequestError(404, "not_found", "Not found");
      options.upgrade(request, socket, head, params);
    } catch (error) {
      const status = error instanceof RefusedRequestError ? error.status : 500;
      socket.end(
        `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function writeReply(response: http.ServerResponse, { status, headers, body, file }: ApiResponse) {
  if (file !== undefined) {
    response.writeHead(status, { ...CORS, ...headers });
    await pipeline(fs.createReadStream(file), response).finally(() => fs.rmSync(file, { force: true }));
    return;
  }
  // With its length known, headers and body leave in one write instead of three chunks.
  const length = status === 204 ? {} : { "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...CORS, ...headers, ...length });
  response.end(body);
}

async function answer(options: HttpOptions, request: http.IncomingMessage): Promise<ApiResponse> {
  refuseForeignHost(request.headers);
  const { method = "GET", headers } = request;
  if (method === "OPTIONS") return answerPreflight(request);
  const { pathname, params } = readAddress(request.url ?? "/");
  if (pathname === "/health") return respondJson(200, options.health);
  if (pathname === "/backup" && method === "POST" && options.backup) return options.backup(headers);
  const [, prefix, path] = /^\/(rest|auth)\/v1\/(.+?)\/?$/.exec(pathname) ?? [];
  const service = options.services.find((candidate) => candidate.prefix === prefix);
  if (!service || !path) return respondJson(404, { message: "no Route matched with those values" });
  return service.handle({ method, path, params, headers, body: await readBody(request) });
}

function answerPreflight({ headers }: http.IncomingMessage): ApiResponse {
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET,HEAD,POST,PUT,PATCH,DELETE",
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
      "access-control-max-age": "600",
    },
    body: "",
  };
}

function answerFailure(error: unknown, request: http.IncomingMessage, logger: Logger): ApiResponse {
  if (error instanceof RefusedRequestError || error instanceof AuthError) {
    const { status, code, message } = error;
    const headers = status === 401 ? { "www-authenticate": "Bearer" } : undefined;
    return respondJson(status, { code, message, details: null, hint: null }, headers);
  }
  logger.error({ err: error, method: request.method, url: request.url }, "request failed");
  return respondJson(500, { code: "XX000", message: "internal error", details: null, hint: null });
}
