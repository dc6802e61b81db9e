import { respondJson } from "../http/exchange";
import { AuthError } from "./auth-error";
import { readCredentials } from "./identify-caller";
import { limitAttempts } from "./limit-attempts";
import { checkPassword } from "./passwords";
import { passwordGrant, readInput, refreshGrant, signUp } from "./read-input";
import type { AuthContext, Route } from "./serve-own-account";
import { rotateSession, startSession } from "./sessions";
import { createUser, findUserByEmail, normalizeEmail, type UserRow } from "./users";

const WINDOW_MS = 5 * 60_000;
/** Failed sign-ins per address in five minutes, and over all addresses together. */
const MAX_PER_EMAIL = 10;
const MAX_TOGETHER = 100;

/** Keys for checking tokens, sign-in, refresh and (when allowed) sign-up. */
export function serveTokens({ db, tokens, callers, allowSignup = false }: AuthContext): Route {
  const perEmail = limitAttempts(MAX_PER_EMAIL, WINDOW_MS);
  const together = limitAttempts(MAX_TOGETHER, WINDOW_MS);

  async function signIn(body: string) {
    const { email, password } = readInput(passwordGrant, body);
    const succeeded = [perEmail.begin(normalizeEmail(email)), together.begin("all")];
    if (succeeded.includes(undefined))
      throw new AuthError(429, "over_request_rate_limit", "Request rate limit reached");
    const user = await findUserByEmail(db, email);
    const correct = await checkPassword(db, password, user?.encrypted_password ?? null);
    if (!user || !correct) throw new AuthError(400, "invalid_credentials", "Invalid login credentials");
    for (const forget of succeeded) forget?.();
    refuseBlocked(user);
    return startSession(db, tokens, user);
  }

  return async ({ method, path, params, headers, body }) => {
    const at = `${method} ${path}`;
    if (at === "GET .well-known/jwks.json") return respondJson(200, tokens.jwks);
    if (at === "GET health")
      return respondJson(200, { name: "GoTrue", description: "embedded sign-in server" });
    if (at === "GET settings")
      return respondJson(200, {
        external: { email: true },
        disable_signup: !allowSignup,
        mailer_autoconfirm: true,
      });
    if (at !== "POST token" && at !== "POST signup") return undefined;
    callers.identifyKey({ ...readCredentials(headers), bearer: undefined });
    if (at === "POST signup") {
      if (!allowSignup) throw new AuthError(422, "signup_disabled", "Signups not allowed for this instance");
      const { email, password, data } = readInput(signUp, body);
      const user = await createUser(db, { email, password, userMetadata: data ?? {}, emailConfirmed: true });
      return respondJson(200, await startSession(db, tokens, user));
    }
    const grant = params.get("grant_type");
    if (grant === "password") return respondJson(200, await signIn(body));
    if (grant === "refresh_token") {
      const { refresh_token: refreshToken } = readInput(refreshGrant, body);
      return respondJson(200, await rotateSession(db, tokens, refreshToken));
    }
    throw new AuthError(400, "validation_failed", "unsupported grant_type");
  };
}

function refuseBlocked(user: UserRow): void {
  if (user.banned) throw new AuthError(400, "user_banned", "User is banned");
  if (!user.email_confirmed_at) throw new AuthError(400, "email_not_confirmed", "Email not confirmed");
}
