import "server-only";
import { ensure } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { unsubscribeKey } from "./unsubscribe-key";
import { readUnsubscribe } from "./unsubscribe-token";

/** The send a link was made for, or null when the link was cut off or not made by this desk. */
export async function readLink(token: string): Promise<string | null> {
  return readUnsubscribe(await unsubscribeKey(), token);
}

/** Makes the recipient of a send do-not-contact and stops everything scheduled to them. Doing it again changes nothing. */
export async function optOutByLink(sendId: string): Promise<void> {
  ensure(await serviceDb().rpc("opt_out_by_link", { p_send_id: sendId }));
}
