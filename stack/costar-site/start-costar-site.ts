import { Hono } from "hono";
import { listen } from "@/stack/http/listen";
import { answerJson } from "./http/answers";
import type { Site, SiteContext } from "./http/route";
import { SiteError } from "./http/site-error";
import { buildMarket } from "./market/build-market";
import type { CoStarSiteOptions } from "./options";
import { addSearch } from "./search/search-routes";
import { addPhone } from "./sign-in/phone-routes";
import { addSignIn } from "./sign-in/sign-in-routes";
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
  const site: Site = new Hono();
  addSignIn(site, context);
  addPhone(site, context);
  addSearch(site, context);
  site.notFound(({ req }) => answerJson(404, { error: `there is no ${req.method} ${req.path} here` }));
  site.onError((error, { req }) => {
    if (!(error instanceof SiteError))
      logger.warn("CoStar stand-in: a request failed", { path: req.path, error });
    return answerJson(error instanceof SiteError ? error.status : 500, { error: error.message });
  });
  const { url, close } = await listen(site, options.host ?? "127.0.0.1", options.port);
  return { url, close: () => close("cut") };
}
