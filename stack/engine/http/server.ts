import { type Context, Hono } from "hono";
import { type Env, listen as listenOn } from "@/stack/http/listen";
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
  const { settings } = services.ledger.core;
  const app = new Hono<Env>();
  for (const route of routes) app.on(route.method, route.path, (context) => serve(services, route, context));
  for (const path of new Set(routes.map((route) => route.path)))
    app.all(path, (context) => {
      const { method } = context.req.raw;
      return refuse(
        services,
        context,
        new RequestError(405, `${method} is not allowed here`, "method_not_allowed"),
      );
    });
  app.notFound((context) =>
    refuse(services, context, new RequestError(404, `no such route: ${context.req.path}`, "not_found")),
  );
  return listenOn(app, settings.host, port);
}

async function serve(services: Services, route: Route, context: Context<Env>): Promise<Response> {
  const { settings } = services.ledger.core;
  const { incoming } = context.env;
  try {
    refuseBrowsers(incoming.headers, settings.allowedHosts);
    if (context.req.raw.method !== route.method)
      throw new RequestError(405, `${context.req.raw.method} is not allowed here`, "method_not_allowed");
    const { signingKey } = settings;
    if (
      route.access === "signing-key" &&
      signingKey &&
      !isAuthorized(incoming.headers.authorization, signingKey)
    )
      throw new RequestError(401, "Authentication failed", "invalid_signing_key");
    const request = {
      headers: incoming.headers,
      query: new URL(context.req.url).searchParams,
      body: route.method === "GET" ? "" : await readBody(incoming),
      param: (name: string) => context.req.param(name) ?? "",
    };
    return write(services, await route.handle(request, services));
  } catch (error) {
    return write(services, describeError(services, route, error));
  }
}

/** Who may not ask at all is told that first. */
function refuse(services: Services, context: Context<Env>, error: RequestError): Response {
  try {
    refuseBrowsers(context.env.incoming.headers, services.ledger.core.settings.allowedHosts);
    return write(services, describeError(services, undefined, error));
  } catch (refusal) {
    return write(services, describeError(services, undefined, refusal));
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

function write(services: Services, { status = 200, body }: Answer): Response {
  return new Response(body === undefined ? "" : JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json",
      "x-inngest-server-kind": services.ledger.core.settings.signingKey ? "cloud" : "dev",
    },
  });
}
