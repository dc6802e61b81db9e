import "server-only";
import { cache } from "react";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { bearerDb, cookieDb } from "@/lib/server/request-client";

/** What a person may do, from least to most. */
const ROLES = ["operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

interface Operator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface SignedIn {
  readonly db: Db;
  readonly operator: Operator;
}

/**
 * The operator behind this request: by `Authorization: Bearer <access token>` when given, else by session cookie.
 * @param role the least they must be.
 * @throws {Refused} 401 without a valid session, 403 when the user is no operator or may not do this.
 */
export async function requireOperator({
  role = "operator",
  authorization,
}: {
  role?: Role;
  authorization?: string | null;
} = {}): Promise<SignedIn> {
  const signedIn = await findOperator(/^Bearer (.+)$/i.exec(authorization ?? "")?.[1]);
  if (ROLES.indexOf(signedIn.operator.role) < ROLES.indexOf(role))
    throw new Refused(`Only an ${role} may do this.`, { status: 403 });
  return signedIn;
}

/** Looked up once, however many parts of a page ask. */
const findOperator = cache(async (token: string | undefined): Promise<SignedIn> => {
  const db = token ? bearerDb(token) : await cookieDb();
  const { data, error } = await db.auth.getClaims(token);
  if (error || !data) throw new Refused("Sign in first.", { status: 401 });
  const row = unwrapMaybe(
    await db
      .from("operators")
      .select("id, email, display_name, role")
      .eq("id", data.claims.sub)
      .maybeSingle(),
  );
  if (!row) throw new Refused("This account is not an operator of this desk.", { status: 403 });
  return {
    db,
    operator: {
      id: row.id,
      email: row.email,
      name: row.display_name,
      role: row.role === "admin" ? "admin" : "operator",
    },
  };
});
