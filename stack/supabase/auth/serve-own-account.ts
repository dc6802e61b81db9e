import type { Database } from "../../postgres/database";
import { type ApiRequest, type ApiResponse, type Logger, respondJson } from "../http/exchange";
import { AuthError } from "./auth-error";
import { type CallerCheck, readCredentials } from "./identify-caller";
import { checkPassword } from "./passwords";
import { ownChanges, readInput, scope } from "./read-input";
import { endSessions, isSessionAlive } from "./sessions";
import type { Tokens } from "./tokens";
import { findUserById, toUserJson, type UserRow, updateUser } from "./users";

export interface AuthContext {
  readonly db: Database;
  readonly logger: Logger;
  readonly tokens: Tokens;
  readonly callers: CallerCheck;
  /** Whether anybody may create an account. Off unless asked for. */
  readonly allowSignup?: boolean;
}

/** Answers a request, or says that it is not one of its own. */
export type Route = (request: ApiRequest) => Promise<ApiResponse | undefined>;

interface Session {
  readonly id: string;
  readonly user: UserRow;
}

/** The signed-in person's own account: read it, change it, sign out. */
export function serveOwnAccount({ db, callers }: AuthContext): Route {
  async function requireSession({ headers }: ApiRequest): Promise<Session> {
    const { claims } = await callers.identify(readCredentials(headers));
    const { sub, session_id: id } = claims;
    if (typeof sub !== "string" || typeof id !== "string")
      throw new AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token");
    const user = await findUserById(db, sub);
    if (!user) throw new AuthError(403, "user_not_found", "User from sub claim in JWT does not exist");
    if (!(await isSessionAlive(db, id)))
      throw new AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist");
    return { id, user };
  }

  async function changeOwn(request: ApiRequest): Promise<UserRow> {
    const { id, user } = await requireSession(request);
    const { email, password, data } = readInput(ownChanges, request.body);
    if (email && email.trim().toLowerCase() !== user.email)
      throw new AuthError(
        422,
        "email_change_not_served",
        "An address is changed by an administrator: no mail is sent from here",
      );
    if (password && (await checkPassword(db, password, user.encrypted_password)))
      throw new AuthError(422, "same_password", "New password should be different from the old password.");
    const changed = await updateUser(db, user.id, {
      ...(password && { password }),
      ...(data && { userMetadata: data }),
    });
    // Whoever knew the old password is signed out.
    if (password) await endSessions(db, user.id, id, "others");
    return changed;
  }

  return async (request) => {
    const at = `${request.method} ${request.path}`;
    if (at === "GET user") return respondJson(200, toUserJson((await requireSession(request)).user));
    if (at === "PUT user") return respondJson(200, toUserJson(await changeOwn(request)));
    if (at !== "POST logout") return undefined;
    const wanted = scope.safeParse(request.params.get("scope") ?? "global");
    if (!wanted.success) throw new AuthError(400, "validation_failed", "scope: one of global, local, others");
    const { id, user } = await requireSession(request);
    await endSessions(db, user.id, id, wanted.data);
    return { status: 204, headers: {}, body: "" };
  };
}
