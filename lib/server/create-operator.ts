import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";

export const newOperatorSchema = z.object({
  email: z.email("that is not an e-mail address"),
  displayName: z.string().trim().min(1, "what should others see?").max(120),
  password: z.string().min(10, "at least 10 characters").max(200),
});
export type NewOperator = z.infer<typeof newOperatorSchema>;

const LINK_LIFETIME_MS = 24 * 3_600_000;

export async function countOperators(db: Db): Promise<number> {
  const { count, error } = await db.from("operators").select("id", { count: "exact", head: true });
  ensure({ error });
  return count ?? 0;
}

/** Makes a one-time token for the link that creates the first operator; only its hash is stored. */
export async function issueSetupToken(db: Db, now = Date.now()): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  ensure(
    await db
      .from("setup_links")
      .insert({ token_hash: hashToken(token), expires_at: new Date(now + LINK_LIFETIME_MS).toISOString() }),
  );
  return token;
}

/** Whether a token could still be used; asking does not use it up. */
export async function isSetupTokenGood(db: Db, token: string): Promise<boolean> {
  const { count, error } = await db
    .from("setup_links")
    .select("token_hash", { count: "exact", head: true })
    .eq("token_hash", hashToken(token))
    .is("used_at", null)
    .gt("expires_at", new Date().toISOString());
  ensure({ error });
  return count === 1;
}

/** Uses a token up; false when it was used before or is too old. */
export async function spendSetupToken(db: Db, token: string): Promise<boolean> {
  return unwrap(await db.rpc("use_setup_link", { p_token_hash: hashToken(token) }));
}

/**
 * Creates a user who can sign in and the operator they are. The first operator is an admin.
 * @throws {DatabaseError} when the address is taken.
 */
export async function createOperator(db: Db, operator: NewOperator): Promise<void> {
  const first = (await countOperators(db)) === 0;
  const { data, error } = await db.auth.admin.createUser({
    email: operator.email,
    password: operator.password,
    email_confirm: true,
    user_metadata: { display_name: operator.displayName },
  });
  ensure({ error });
  if (!data.user) return;
  ensure(
    await db.from("operators").insert({
      id: data.user.id,
      email: operator.email.toLowerCase(),
      display_name: operator.displayName,
      role: first ? "admin" : "operator",
    }),
  );
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
