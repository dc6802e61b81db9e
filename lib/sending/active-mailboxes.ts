import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/** Ids of mailboxes that may send. */
export async function activeMailboxes(): Promise<string[]> {
  const rows = unwrap(
    await serviceDb().from("mailboxes").select("id").eq("status", "active").order("address"),
  );
  return rows.map((row) => row.id);
}

/** Ids of mailboxes that may send and have a mail that falls due within two minutes; none while sending is stopped. */
export async function dueMailboxes(): Promise<string[]> {
  return z.array(z.string()).parse(unwrap(await serviceDb().rpc("mailboxes_due", {})));
}
