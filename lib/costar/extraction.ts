import "server-only";
import type { ProposedPayload } from "@/lib/criteria/sourcing-answer";
import type { Json, Tables } from "@/lib/server/database.types";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

export type Extraction = Tables<"extractions">;

/** Opens the extraction an approval allows, or finds it: one approval never runs its payloads twice. */
export async function openExtraction(
  searchId: string,
  approvalId: string,
  payloads: readonly ProposedPayload[],
): Promise<Extraction> {
  const db = serviceDb();
  ensure(
    await db
      .from("extractions")
      .upsert(
        { search_id: searchId, approval_id: approvalId },
        { onConflict: "approval_id", ignoreDuplicates: true },
      ),
  );
  const extraction = unwrap(await db.from("extractions").select("*").eq("approval_id", approvalId).single());
  ensure(
    await db.from("extraction_payloads").upsert(
      payloads.map((proposed, position) => ({
        extraction_id: extraction.id,
        position,
        title: proposed.title,
        payload: proposed.payload as unknown as Json,
      })),
      { onConflict: "extraction_id,position", ignoreDuplicates: true },
    ),
  );
  return extraction;
}

export async function readExtraction(id: string): Promise<Extraction> {
  return unwrap(await serviceDb().from("extractions").select("*").eq("id", id).single());
}

/** Moves an extraction from one of `from` to `to`; false when a person moved it elsewhere meanwhile. */
export async function moveExtraction(
  id: string,
  from: readonly Extraction["status"][],
  to: string,
  reason: string | null = null,
): Promise<boolean> {
  const now = new Date().toISOString();
  const row = unwrapMaybe(
    await serviceDb()
      .from("extractions")
      .update({
        status: to,
        reason,
        ...(to === "running" ? { started_at: now } : {}),
        ...(to === "completed" || to === "failed" ? { finished_at: now } : {}),
      })
      .eq("id", id)
      .in("status", [...from])
      .select("id")
      .maybeSingle(),
  );
  return row !== null;
}
