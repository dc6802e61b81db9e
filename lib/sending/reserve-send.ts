import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const reservedSendSchema = z.object({
  id: z.string(),
  key: z.string(),
  /** Which reservation of this send it is; a hand-over belongs to one reservation */
  attempt: z.number(),
  /** A person found that an earlier hand-over of this key never left */
  again: z.boolean(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  step: z.number().nullable(),
  kind: z.enum(["sequence", "manual_reply"]),
  mailbox: z.string(),
  /** Null: the relay the console itself is set to */
  relayUrl: z.string().nullable(),
  threadEntryId: z.string().nullable(),
  /** ISO instant until which the mailbox keeps its distance from this mail; null when it need not */
  restUntil: z.string().nullable(),
});
export type ReservedSend = z.infer<typeof reservedSendSchema>;

const reservationSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("reserved"), send: reservedSendSchema }),
  z.object({ outcome: z.literal("wait"), reason: z.string(), until: z.string().nullish() }),
]);
export type Reservation = z.infer<typeof reservationSchema>;

/** Reserves a mailbox's next due mail, with every limit, switch and distance checked in the same transaction. */
export async function reserveSend(mailboxId: string): Promise<Reservation> {
  return reservationSchema.parse(unwrap(await serviceDb().rpc("reserve_send", { p_mailbox_id: mailboxId })));
}
