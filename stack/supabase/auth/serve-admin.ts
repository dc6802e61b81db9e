import type { z } from "zod";
import { type ApiRequest, respondJson } from "../http/exchange";
import { AuthError } from "./auth-error";
import { readCredentials } from "./identify-caller";
import { adminChanges, pageNumber, pageSize, readBanDuration, readInput } from "./read-input";
import type { AuthContext, Route } from "./serve-own-account";
import { endSessions } from "./sessions";
import {
  createUser,
  findUserById,
  listUsers,
  requireUser,
  toUserJson,
  type UserChanges,
  updateUser,
} from "./users";

const USER_PATH = /^admin\/users\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** `auth.admin`: users created, listed, changed and deleted with the secret key. */
export function serveAdmin({ db, callers }: AuthContext): Route {
  const serveOne = async (id: string, { method, body }: ApiRequest) => {
    const user = requireUser(await findUserById(db, id));
    if (method === "GET") return respondJson(200, toUserJson(user));
    if (method === "PUT") {
      const changes = toChanges(readInput(adminChanges, body));
      const changed = await updateUser(db, id, changes);
      // A new password or a ban must not leave the old sessions able to refresh.
      if (changes.password !== undefined || changed.banned) await endSessions(db, id, "", "global");
      return respondJson(200, toUserJson(changed));
    }
    if (method !== "DELETE") throw new AuthError(405, "validation_failed", `Unsupported method: ${method}`);
    await db.query("delete from auth.users where id = $1", [id]);
    return respondJson(200, {});
  };

  const list = async ({ params }: ApiRequest) => {
    const page = pageNumber.parse(params.get("page") ?? undefined);
    const { users, total } = await listUsers(db, page, pageSize.parse(params.get("per_page") ?? undefined));
    const headers = { "x-total-count": String(total) };
    return respondJson(200, { users: users.map(toUserJson), aud: "authenticated" }, headers);
  };

  return async (request) => {
    const { method, path, headers, body } = request;
    if (!path.startsWith("admin/")) return undefined;
    const { role } = await callers.identify(readCredentials(headers));
    if (role !== "service_role") throw new AuthError(403, "not_admin", "User not allowed");
    const id = USER_PATH.exec(path)?.[1];
    if (id) return serveOne(id, request);
    if (path !== "admin/users") return undefined;
    if (method === "GET") return list(request);
    if (method !== "POST") return undefined;
    return respondJson(
      200,
      toUserJson(await createUser(db, requireAddress(toChanges(readInput(adminChanges, body))))),
    );
  };
}

function requireAddress(changes: UserChanges): UserChanges {
  if (!changes.email) throw new AuthError(400, "validation_failed", "Cannot create a user without an email");
  return changes;
}

function toChanges(input: z.infer<typeof adminChanges>): UserChanges {
  return {
    ...(input.id && { id: input.id }),
    ...(input.email && { email: input.email }),
    ...(input.password && { password: input.password }),
    ...(input.email_confirm && { emailConfirmed: true }),
    ...(input.app_metadata && { appMetadata: input.app_metadata }),
    ...(input.user_metadata && { userMetadata: input.user_metadata }),
    ...(input.ban_duration && { banSeconds: readBanDuration(input.ban_duration) }),
  };
}
