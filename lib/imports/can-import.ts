import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";

export type ImportStanding =
  | { readonly can: true; readonly search: { readonly id: string; readonly name: string } }
  | { readonly can: false; readonly why: string; readonly isMissing?: boolean };

/** Whether a search waits for what an import brings: its extraction is up for approval, or has stopped. */
export async function canImport(db: Db, searchId: string): Promise<ImportStanding> {
  const missing = { can: false, why: "There is no such search.", isMissing: true } as const;
  if (!z.uuid().safeParse(searchId).success) return missing;
  const search = unwrapMaybe(
    await db
      .from("searches")
      .select(
        "id, name, status, approval_queue!approval_queue_search_id_fkey(checkpoint, status), extractions(status, import_id)",
      )
      .eq("id", searchId)
      .maybeSingle(),
  );
  if (!search) return missing;
  const asked = search.approval_queue.some(
    (item) => item.checkpoint === "extraction" && item.status === "pending",
  );
  const stopped = search.extractions.some((item) => item.status === "stopped" && item.import_id === null);
  if (asked || stopped) return { can: true, search };
  const early = ["new", "sourcing", "awaiting_sourcing"].includes(search.status);
  return {
    can: false,
    why: early
      ? "The search does not wait for an extraction yet. Approve its payloads first, or start a new search from the file."
      : "The search does not wait for an extraction any more. Start a new search from the file instead.",
  };
}
