import type { Database } from "../../postgres/database";
import { AuthError } from "./auth-error";
import { addFirstToken, rotateToken } from "./refresh-tokens";
import { TOKEN_LIFE_S, type Tokens } from "./tokens";
import { findUserById, readAppMetadata, toUserJson, type UserRow } from "./users";

/** Starts a session for a user who proved who they are. */
export async function startSession(db: Database, tokens: Tokens, user: UserRow) {
  const { sessionId, refreshToken } = await db.transaction(async (tx) => {
    await tx.query("update auth.users set last_sign_in_at = now() where id = $1", [user.id]);
    const [row] = await tx.query<{ id: string }>(
      "insert into auth.sessions(user_id) values ($1) returning id::text as id",
      [user.id],
    );
    if (!row) throw new Error("the session was not stored");
    return { sessionId: row.id, refreshToken: await addFirstToken(tx, row.id) };
  });
  return writeSession(tokens, (await findUserById(db, user.id)) ?? user, sessionId, refreshToken);
}

/**
 * Trades a refresh token for a new pair, as GoTrue does: a session has one chain of tokens, of which the last is active.
 * @throws {AuthError} `refresh_token_not_found`, `refresh_token_already_used`, `user_banned`
 */
export async function rotateSession(db: Database, tokens: Tokens, refreshToken: string) {
  const outcome = await db.transaction((tx) => rotateToken(tx, refreshToken));
  if (outcome === "unknown")
    throw new AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
  if (outcome === "reused")
    throw new AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");
  const user = await findUserById(db, outcome.userId);
  if (!user)
    throw new AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
  if (user.banned) throw new AuthError(400, "user_banned", "User is banned");
  return writeSession(tokens, user, outcome.sessionId, outcome.active);
}

/** Whether the session a token belongs to still exists: it ends with sign-out, whatever the token's own expiry. */
export async function isSessionAlive(db: Database, sessionId: string): Promise<boolean> {
  return (await db.query("select 1 from auth.sessions where id::text = $1", [sessionId])).length > 0;
}

/** Ends sessions of a user: all, only the current one, or all but the current one. */
export async function endSessions(
  db: Database,
  userId: string,
  sessionId: string,
  scope: "global" | "local" | "others",
): Promise<void> {
  const which = { global: "$2::text is not null", local: "id::text = $2", others: "id::text <> $2" }[scope];
  await db.query(`delete from auth.sessions where user_id = $1 and ${which}`, [userId, sessionId]);
}

async function writeSession(tokens: Tokens, user: UserRow, sessionId: string, refreshToken: string) {
  const nowS = Math.floor(Date.now() / 1000);
  const claims = {
    aud: user.aud,
    role: user.role,
    email: user.email ?? "",
    phone: user.phone,
    app_metadata: readAppMetadata(user),
    user_metadata: user.raw_user_meta_data,
    aal: "aal1",
    amr: [{ method: "password", timestamp: nowS }],
    session_id: sessionId,
    is_anonymous: user.is_anonymous,
  };
  return {
    access_token: await tokens.sign(user.id, claims, nowS),
    token_type: "bearer",
    expires_in: TOKEN_LIFE_S,
    expires_at: nowS + TOKEN_LIFE_S,
    refresh_token: refreshToken,
    user: toUserJson(user),
  };
}
