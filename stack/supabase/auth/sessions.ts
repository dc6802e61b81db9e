import { createHash, randomBytes } from "node:crypto";
import type { Database, Sql } from "../../postgres/database";
import { AuthError } from "./auth-error";
import { TOKEN_LIFE_S, type Tokens } from "./tokens";
import { findUserById, readAppMetadata, toUserJson, type UserRow } from "./users";

/** A refresh token may be used again this long after its first use: two tabs, or an answer that was lost. */
const REUSE_GRACE = "10 seconds";

/** Starts a session for a user who proved who they are. */
export async function startSession(db: Database, tokens: Tokens, user: UserRow) {
  const { sessionId, refreshToken } = await db.transaction(async (tx) => {
    await tx.query("update auth.users set last_sign_in_at = now() where id = $1", [user.id]);
    const [row] = await tx.query<{ id: string }>(
      "insert into auth.sessions(user_id) values ($1) returning id::text as id",
      [user.id],
    );
    if (!row) throw new Error("the session was not stored");
    return { sessionId: row.id, refreshToken: await addRefreshToken(tx, row.id) };
  });
  return writeSession(tokens, (await findUserById(db, user.id)) ?? user, sessionId, refreshToken);
}

/**
 * Trades a refresh token for a new pair. Each works once; using an old one again means it was stolen, by whoever used
 * it first or by whoever uses it now, so the whole session ends.
 * @throws {AuthError} `refresh_token_not_found`, `refresh_token_already_used`, `user_banned`
 */
export async function rotateSession(db: Database, tokens: Tokens, refreshToken: string) {
  const outcome = await db.transaction(async (tx) => {
    const [found] = await tx.query<{ session_id: string; user_id: string; reused: boolean }>(
      `select t.session_id::text as session_id, s.user_id::text as user_id,
         coalesce(t.revoked_at < now() - interval '${REUSE_GRACE}', false) as reused
       from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id
       where t.token_hash = $1 for update of s, t`,
      [hashToken(refreshToken)],
    );
    if (!found) return undefined;
    if (found.reused) {
      await tx.query("delete from auth.sessions where id = $1", [found.session_id]);
      return { ...found, next: undefined };
    }
    await tx.query(
      "update auth.refresh_tokens set revoked_at = coalesce(revoked_at, now()) where token_hash = $1",
      [hashToken(refreshToken)],
    );
    await tx.query("update auth.sessions set refreshed_at = now() where id = $1", [found.session_id]);
    return { ...found, next: await addRefreshToken(tx, found.session_id) };
  });
  if (!outcome)
    throw new AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
  if (outcome.next === undefined)
    throw new AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");
  const user = await findUserById(db, outcome.user_id);
  if (!user)
    throw new AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
  if (user.banned) throw new AuthError(400, "user_banned", "User is banned");
  return writeSession(tokens, user, outcome.session_id, outcome.next);
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

async function addRefreshToken(sql: Sql, sessionId: string): Promise<string> {
  const token = randomBytes(18).toString("base64url");
  await sql.query("insert into auth.refresh_tokens(token_hash, session_id) values ($1, $2)", [
    hashToken(token),
    sessionId,
  ]);
  return token;
}

/** Tokens are random, so a plain digest is enough to keep a copied database from signing anyone in. */
function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
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
