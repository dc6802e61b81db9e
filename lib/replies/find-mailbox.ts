import "server-only";
import { unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/** The id of the mailbox with this address; null when the desk has none. */
export async function findMailbox(address: string): Promise<string | null> {
  const row = unwrapMaybe(
    await serviceDb().from("mailboxes").select("id").eq("address", address.toLowerCase()).maybeSingle(),
  );
  return row?.id ?? null;
}
