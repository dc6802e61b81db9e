import type { Context, Hono } from "hono";
import type { Env } from "@/stack/http/listen";
import type { Market } from "../market/market-types";
import type { CoStarSiteOptions, SiteLogger } from "../options";
import type { SignIns } from "../sign-in/sign-ins";

export type Site = Hono<Env>;
export type Route = (context: Context<Env>) => Response | Promise<Response>;

/** What the routes work with. */
export interface SiteContext {
  options: CoStarSiteOptions;
  market: Market;
  signIns: SignIns;
  now: () => number;
  logger: SiteLogger;
}
