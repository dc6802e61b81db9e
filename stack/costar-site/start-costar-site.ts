import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendJson } from "./http/answers";
import type { RouteTable, SiteContext } from "./http/route";
import { SiteError } from "./http/site-error";
import { buildMarket } from "./market/build-market";
import type { CoStarSiteOptions } from "./options";
import { searchRoutes } from "./search/search-routes";
import { phoneRoutes } from "./sign-in/phone-routes";
import { signInRoutes } from "./sign-in/sign-in-routes";
import { SignIns } from "./sign-in/sign-ins";

export type { CoStarSiteOptions } from "./options";

export interface CoStarSite {
  /** Without a trailing slash; the sign-in page is `/`, the phone `/phone`. */
  url: string;
  close(): Promise<void>;
}

const silent = { info() {}, warn() {} };

/** Starts the CoStar stand-in: sign-in, two-factor phone, and the search endpoints over an invented market. */
export async function startCoStarSite(options: CoStarSiteOptions): Promise<CoStarSite> {
  const now = options.now ?? Date.now;
  const logger = options.logger ?? silent;
  const market = buildMarket({
    seed: options.seed ?? "upstream",
    year: new Date(now()).getUTCFullYear(),
  });
  const context: SiteContext = {
    options,
    market,
    signIns: new SignIns(options.twoFactor, now),
    now,
    logger,
  };
  const routes = { ...signInRoutes(context), ...phoneRoutes(context), ...searchRoutes(context) };
  const server = createServer((request, response) => {
    void answer(routes, context, request, response);
  });
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  routes: RouteTable,
  { logger }: SiteContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "/").split("?")[0];
  try {
    const route = routes[`${request.method} ${path}`];
    if (!route) throw new SiteError(404, `there is no ${request.method} ${path} here`);
    await route(request, response);
  } catch (error) {
    if (!(error instanceof SiteError)) logger.warn("CoStar stand-in: a request failed", { path, error });
    const status = error instanceof SiteError ? error.status : 500;
    const message = error instanceof Error ? error.message : String(error);
    if (!response.headersSent) sendJson(response, status, { error: message });
    else response.destroy();
  }
}
