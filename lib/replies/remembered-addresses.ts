import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** An address a contact writes from besides the one we mail. */
export interface RememberedAddress {
  readonly address: string;
  readonly by: string;
  readonly at: string;
}

/** Every address remembered for a contact, oldest first. */
export async function listRememberedAddresses(db: Db, contactId: string): Promise<RememberedAddress[]> {
  const rows = unwrap(
    await db
      .from("contact_addresses")
      .select("address, created_by, created_at")
      .eq("contact_id", contactId)
      .order("created_at")
      .order("address")
      .limit(50),
  );
  return rows.map((row) => ({ address: row.address, by: row.created_by, at: row.created_at }));
}

/** Takes a remembered address from its contact again: mail from it is unmatched from now on. False when it was not there. */
export async function forgetAddress(db: Db, address: string, reason: string): Promise<boolean> {
  return unwrap(await db.rpc("forget_address", { p_address: address, p_reason: reason }));
}
