import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Sql } from "../../postgres/database";

/** Two tabs may refresh at the same moment: a token is taken for that long after its first use, ms. */
const REUSE_GRACE_MS = 10_000;

interface StoredToken {
  readonly session_id: string;
  readonly user_id: string;
  readonly revoked_ms: number | null;
}

export interface Rotation {
  readonly sessionId: string;
  readonly userId: string;
  /** The one token of the session that is not used up. */
  readonly active: string;
}

/** The first token of a session. */
export async function addFirstToken(sql: Sql, sessionId: string): Promise<string> {
  const token = randomBytes(18).toString("base64url");
  await sql.query("insert into auth.refresh_tokens(token_hash, session_id) values ($1, $2)", [
    hashToken(token),
    sessionId,
  ]);
  return token;
}

/**
 * Uses a token up and adds the one that comes of it. A token used before gives back the active one, at any time when it is the one that
 * came of it (an answer that was lost), and within ten seconds when there are more between them. Any other use of an old token means
 * that two hold it, so the whole session ends.
 */
export async function rotateToken(sql: Sql, token: string): Promise<Rotation | "unknown" | "reused"> {
  const [found] = await sql.query<StoredToken>(
    `select t.session_id::text as session_id, s.user_id::text as user_id,
       (extract(epoch from now() - t.revoked_at) * 1000)::float8 as revoked_ms
     from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id
     where t.token_hash = $1 for update of s, t`,
    [hashToken(token)],
  );
  if (!found) return "unknown";
  const { session_id: sessionId, user_id: userId, revoked_ms: usedForMs } = found;
  await sql.query("update auth.sessions set refreshed_at = now() where id = $1", [sessionId]);
  if (usedForMs === null) return { sessionId, userId, active: await addChild(sql, sessionId, token) };
  const active = await followChain(sql, token, usedForMs < REUSE_GRACE_MS ? Number.POSITIVE_INFINITY : 1);
  if (active !== undefined) return { sessionId, userId, active };
  await sql.query("delete from auth.sessions where id = $1", [sessionId]);
  return "reused";
}

async function addChild(sql: Sql, sessionId: string, parent: string): Promise<string> {
  await sql.query("update auth.refresh_tokens set revoked_at = now() where token_hash = $1", [
    hashToken(parent),
  ]);
  const salt = randomBytes(18).toString("base64url");
  const child = deriveChild(parent, salt);
  await sql.query(
    "insert into auth.refresh_tokens(token_hash, session_id, parent_hash, salt) values ($1, $2, $3, $4)",
    [hashToken(child), sessionId, hashToken(parent), salt],
  );
  return child;
}

/** The active token that came of this one in so many steps, if it did. */
async function followChain(sql: Sql, token: string, steps: number): Promise<string | undefined> {
  const [next] = await sql.query<{ salt: string; active: boolean }>(
    "select salt, revoked_at is null as active from auth.refresh_tokens where parent_hash = $1",
    [hashToken(token)],
  );
  if (!next) return undefined;
  const child = deriveChild(token, next.salt);
  if (next.active) return child;
  return steps > 1 ? followChain(sql, child, steps - 1) : undefined;
}

/** A token can be given back to who holds its parent, although only digests are stored: it is made of the parent and a stored salt. */
function deriveChild(parent: string, salt: string): string {
  return createHmac("sha256", parent).update(salt).digest("base64url").slice(0, 24);
}

/** Tokens are random, so a plain digest is enough to keep a copied database from signing anyone in. */
function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
