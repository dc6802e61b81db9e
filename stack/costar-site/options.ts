export interface CoStarSiteOptions {
  /** 0 picks a free port; the result's `url` says which. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  twoFactor: {
    /** `phone`: somebody taps Approve on /phone. `auto`: approved by itself after `afterMs`. */
    mode: "phone" | "auto";
    /** Default 3,000. */
    afterMs?: number;
    /** How long a sign-in waits for the phone, ms. */
    timeoutMs: number;
  };
  username: string;
  password: string;
  logger?: SiteLogger;
  /** What the market is made from. Default "upstream". */
  seed?: string;
  /** Epoch milliseconds; a test turns it by hand. */
  now?: () => number;
}

export interface SiteLogger {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** A session is good for this long, its cookie is offered for longer (as CoStar does). */
export const SESSION_MS = 2 * 3_600_000;
export const COOKIE_SECONDS = 7 * 24 * 3_600;
export const REQUESTS_PER_SECOND = 10;
