import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../http/exchange";
import { isFromBrowser } from "../http/guard-request";
import { AuthError } from "./auth-error";
import type { Tokens } from "./tokens";

/** Roles a token may name. The session is a superuser's, so this list is what keeps a token from becoming one. */
const ROLES = new Set(["anon", "authenticated", "service_role"]);

export interface Credentials {
  readonly apiKey: string | undefined;
  /** What `Authorization: Bearer` carries: a user's token, or once more an API key. */
  readonly bearer: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export interface CallerCheck {
  /**
   * Whose request this is.
   * @throws {AuthError} 401 without a valid API key, with a secret key from a browser, or with a token that is not ours.
   */
  identify(credentials: Credentials): Promise<Caller>;
  /** Checks only the API key, for endpoints that bring their own proof. */
  identifyKey(credentials: Credentials): Caller;
}

export function createCallerCheck(
  keys: { publishableKey: string; secretKey: string },
  tokens: Tokens,
): CallerCheck {
  const publishable = digest(keys.publishableKey);
  const secret = digest(keys.secretKey);
  const findRole = (key: string | undefined): Caller | undefined => {
    if (!key) return undefined;
    const given = digest(key);
    if (timingSafeEqual(given, secret)) return toCaller("service_role");
    return timingSafeEqual(given, publishable) ? toCaller("anon") : undefined;
  };
  const identifyByKeys = ({ apiKey, bearer, headers }: Credentials) => {
    if (!apiKey && !bearer) throw new AuthError(401, "no_api_key", "No API key found in request");
    const byKey = findRole(apiKey);
    const byBearer = findRole(bearer);
    const isSecret = [byKey, byBearer].some((caller) => caller?.role === "service_role");
    if (isSecret && isFromBrowser(headers))
      throw new AuthError(401, "secret_key_in_browser", "Forbidden use of secret API key in browser");
    const caller = byBearer ?? byKey;
    if (!caller || (apiKey && !byKey)) throw new AuthError(401, "invalid_api_key", "Invalid API key");
    return { caller, token: byBearer ? undefined : bearer };
  };
  return {
    identifyKey: (credentials) => identifyByKeys(credentials).caller,
    identify: async (credentials) => {
      const { caller, token } = identifyByKeys(credentials);
      if (!token) return caller;
      const claims = await tokens.verify(token);
      if (typeof claims.role !== "string" || !ROLES.has(claims.role))
        throw new AuthError(401, "PGRST301", "The token names no role this server knows");
      return { role: claims.role, claims };
    },
  };
}

export function readCredentials(headers: IncomingHttpHeaders): Credentials {
  return {
    apiKey: [headers.apikey ?? []].flat()[0],
    bearer: /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "")?.[1],
    headers,
  };
}

function toCaller(role: string): Caller {
  return { role, claims: { role } };
}

/** Equal lengths, so that comparing takes the same time whatever was sent. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
