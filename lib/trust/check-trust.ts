import "server-only";
import { unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";

/** Writes down that a time in auto has ended, and takes back what is no longer earned. Names what was put into plan. */
export async function checkTrust(): Promise<string[]> {
  const rows = unwrap(await serviceDb().rpc("check_trust", {}));
  return rows.map((row) => row.checkpoint);
}
