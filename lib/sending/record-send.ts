import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

export type RecordedStatus = "sent" | "uncertain" | "failed" | "scheduled" | "cancelled";

/** Writes what became of a reserved send; false when it was settled before. */
export async function recordSend(
  sendId: string,
  to: RecordedStatus,
  reason?: string,
  evidence: Readonly<Record<string, string | boolean | null | undefined>> = {},
): Promise<boolean> {
  const known = Object.fromEntries(Object.entries(evidence).filter(([, value]) => value != null));
  return unwrap(
    await serviceDb().rpc("record_send", {
      p_id: sendId,
      p_to: to,
      p_reason: reason,
      p_evidence: known as never,
    }),
  );
}
