import { createLocalJWKSet, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { JWTExpired } from "jose/errors";
import { AuthError } from "./auth-error";
import type { SigningKey } from "./signing-key";

/** How long an access token is valid, in seconds (hosted's default). */
export const TOKEN_LIFE_S = 3600;

const MAX_REMEMBERED = 500;

export interface Tokens {
  /** Signs claims that expire after `TOKEN_LIFE_S`. */
  sign(subject: string, claims: JWTPayload, nowS: number): Promise<string>;
  /** @throws {AuthError} 401 `PGRST303` when expired, `PGRST301` when it is not one of ours. */
  verify(token: string): Promise<JWTPayload>;
  readonly jwks: { readonly keys: readonly object[] };
}

export function createTokens(key: SigningKey, issuer: string): Tokens {
  const jwks = { keys: [key.publicJwk] };
  const keySet = createLocalJWKSet(jwks);
  // Checking a signature costs half a millisecond, and a page sends the same token with every request.
  const remembered = new Map<string, JWTPayload>();
  return {
    jwks,
    sign: (subject, claims, nowS) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: key.id, typ: "JWT" })
        .setSubject(subject)
        .setIssuer(issuer)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + TOKEN_LIFE_S)
        .sign(key.privateKey),
    verify: async (token) => {
      const known = remembered.get(token);
      if (known?.exp !== undefined && known.exp * 1000 > Date.now()) return known;
      remembered.delete(token);
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ["ES256"],
        requiredClaims: ["exp"],
      }).catch(refuseToken);
      forgetOldest(remembered);
      remembered.set(token, payload);
      return payload;
    },
  };
}

function refuseToken(cause: unknown): never {
  if (cause instanceof JWTExpired) throw new AuthError(401, "PGRST303", "JWT expired", { cause });
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new AuthError(401, "PGRST301", `The token is not valid: ${reason}`, { cause });
}

function forgetOldest(remembered: Map<string, unknown>): void {
  if (remembered.size < MAX_REMEMBERED) return;
  const oldest = remembered.keys().next();
  if (!oldest.done) remembered.delete(oldest.value);
}
