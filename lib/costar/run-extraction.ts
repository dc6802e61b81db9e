import "server-only";
import { type CoStarPayload, costarPayloadSchema } from "@/lib/criteria/payload";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { contactsRequest, readListing, readOwner } from "./answers";
import { requestCoStar } from "./browser-session";
import { OddAnswerError, RefusedError, SessionGoneError } from "./errors";
import { readExtraction } from "./extraction";

export type BatchOutcome =
  | { readonly outcome: "more" | "done" | "cancelled" }
  | { readonly outcome: "session_gone" | "refused" | "failed"; readonly reason: string };

/**
 * Works on an extraction for a while: page by page, then owner by owner, one request at a time. Each
 * answer is saved before the next request, so a crash asks again for at most one. Cancelling takes effect between
 * requests.
 */
export async function runExtractionBatch(extractionId: string, budgetMs = 20_000): Promise<BatchOutcome> {
  const until = Date.now() + budgetMs;
  try {
    while (Date.now() < until) {
      const extraction = await readExtraction(extractionId);
      if (extraction.status !== "running") return { outcome: "cancelled" };
      const worked = (await listNextPage(extractionId)) || (await askNextOwner(extractionId));
      if (!worked) return { outcome: "done" };
    }
    return { outcome: "more" };
  } catch (error) {
    if (error instanceof SessionGoneError) return { outcome: "session_gone", reason: error.message };
    if (error instanceof RefusedError) return { outcome: "refused", reason: error.message };
    if (error instanceof OddAnswerError) return { outcome: "failed", reason: error.message };
    throw error;
  }
}

async function listNextPage(extractionId: string): Promise<boolean> {
  const db = serviceDb();
  const next = unwrapMaybe(
    await db
      .from("extraction_payloads")
      .select("position, payload, next_page")
      .eq("extraction_id", extractionId)
      .eq("listed", false)
      .order("position")
      .limit(1)
      .maybeSingle(),
  );
  if (!next) return false;
  const payload: CoStarPayload = { ...costarPayloadSchema.parse(next.payload), "2": next.next_page };
  const rows = readListing(await requestCoStar("/bff2/property/search/list-properties", payload));
  unwrap(
    await db.rpc("save_properties", {
      p_extraction_id: extractionId,
      p_position: next.position,
      p_next_page: next.next_page + 1,
      p_listed: rows.length < payload["1"],
      p_rows: JSON.parse(JSON.stringify(rows)),
    }),
  );
  return true;
}

async function askNextOwner(extractionId: string): Promise<boolean> {
  const db = serviceDb();
  const next = unwrapMaybe(
    await db
      .from("search_properties")
      .select("property_id, properties(costar_property_id, state, zip)")
      .eq("extraction_id", extractionId)
      .is("contacts_fetched_at", null)
      .order("payload_position")
      .order("property_id")
      .limit(1)
      .maybeSingle(),
  );
  if (!next) return false;
  const costarId = next.properties.costar_property_id;
  const answer = costarId === null ? null : await requestCoStar("/graphql", contactsRequest(costarId));
  const found = answer === null ? null : readOwner(answer, next.properties);
  unwrap(
    await db.rpc("save_owner", {
      p_extraction_id: extractionId,
      p_property_id: next.property_id,
      p_header: found?.header ?? {},
      p_owner: found?.owner ?? {},
      p_contacts: found?.contacts ?? [],
    }),
  );
  return true;
}
