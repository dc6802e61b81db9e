import type { Db } from "@/lib/server/client-options";
import { countOperators, createOperator, issueSetupToken } from "@/lib/server/create-operator";
import type { Env } from "@/lib/server/env";

/**
 * Makes sure somebody can sign in: from the two admin variables, or by a one-time link to open.
 * @returns the link to print, when one is needed.
 */
export async function prepareFirstOperator(
  db: Db,
  env: Env,
  consoleUrl: string,
): Promise<string | undefined> {
  if ((await countOperators(db)) > 0) return undefined;
  const { UPSTREAM_ADMIN_EMAIL: email, UPSTREAM_ADMIN_PASSWORD: password } = env;
  if (email && password) {
    await createOperator(db, { email, password, displayName: email.split("@")[0] ?? "Admin" });
    return undefined;
  }
  return `${consoleUrl}/setup?token=${await issueSetupToken(db)}`;
}
