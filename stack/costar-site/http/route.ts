import type { IncomingMessage, ServerResponse } from "node:http";
import type { Market } from "../market/market-types";
import type { CoStarSiteOptions, SiteLogger } from "../options";
import type { SignIns } from "../sign-in/sign-ins";

export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Keys are "METHOD /path". */
export type RouteTable = Readonly<Record<string, Route>>;

/** What the routes work with. */
export interface SiteContext {
  options: CoStarSiteOptions;
  market: Market;
  signIns: SignIns;
  now: () => number;
  logger: SiteLogger;
}
