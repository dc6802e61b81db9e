import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

let cached: Promise<string> | undefined;

/** The secret that signs unsubscribe links: made once in the database, so that the link in an old mail works for ever. */
export function unsubscribeKey(): Promise<string> {
  cached ??= readKey().catch((error: unknown) => {
    cached = undefined;
    throw error;
  });
  return cached;
}

async function readKey(): Promise<string> {
  const { secret } = unwrap(
    await serviceDb().from("signing_keys").select("secret").eq("purpose", "unsubscribe").single(),
  );
  return secret;
}
