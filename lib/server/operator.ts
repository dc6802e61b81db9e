import "server-only";
import { cache } from "react";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";
import { bearerDb, cookieDb } from "@/lib/server/request-client";

export interface Operator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: "admin" | "operator";
}

/** Nobody is signed in, or the token is not good any more. */
export class NotSignedInError extends Error {
  override name = "NotSignedInError";
  constructor() {
    super("Sign in first.");
  }
}

/** Somebody is signed in, but may not do this. */
export class NotAllowedError extends Error {
  override name = "NotAllowedError";
}

export interface SignedIn {
  readonly db: Db;
  readonly operator: Operator;
}

/**
 * The operator behind this request, looked up once however many parts of a page ask: by `Authorization: Bearer <access token>` when given, else by session cookie.
 * @throws {NotSignedInError} without a valid session; {NotAllowedError} when the user is no operator.
 */
export const requireOperator = cache(async (authorization?: string | null): Promise<SignedIn> => {
  const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  const db = token ? bearerDb(token) : await cookieDb();
  const { data, error } = await db.auth.getClaims(token);
  if (error || !data) throw new NotSignedInError();
  const row = unwrapMaybe(
    await db
      .from("operators")
      .select("id, email, display_name, role")
      .eq("id", data.claims.sub)
      .maybeSingle(),
  );
  if (!row) throw new NotAllowedError("This account is not an operator of this desk.");
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
