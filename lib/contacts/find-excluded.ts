import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** Which of these addresses must never be mailed, by themselves or by their domain. All are lower-cased. */
export async function findExcluded(db: Db, emails: readonly string[]): Promise<ReadonlySet<string>> {
  if (emails.length === 0) return new Set();
  const keys = emails.map((email) => email.trim().toLowerCase());
  const rows = unwrap(
    await db
      .from("email_exclusions")
      .select("kind, value")
      .in("value", [...new Set([...keys, ...keys.map(domainOf)])]),
  );
  const excluded = new Set(rows.map(({ kind, value }) => `${kind}:${value}`));
  return new Set(
    keys.filter((key) => excluded.has(`address:${key}`) || excluded.has(`domain:${domainOf(key)}`)),
  );
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}
