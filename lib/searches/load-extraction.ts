import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";

const yieldSchema = z.array(
  z.object({
    position: z.number(),
    title: z.string(),
    properties: z.number(),
    asked: z.number(),
    contacts: z.number(),
    with_email: z.number(),
  }),
);

/** The desk's one CoStar session as it is now. */
export async function loadCoStarSession(db: Db) {
  return unwrap(
    await db
      .from("costar_session")
      .select("state, detail, deadline_at, expires_at, updated_at")
      .eq("id", 1)
      .single(),
  );
}

export type CoStarSession = Awaited<ReturnType<typeof loadCoStarSession>>;

/** The newest extraction of a search with what each payload found so far, and the rate it asks at; null before the first. */
export async function loadExtraction(db: Db, searchId: string) {
  const row = unwrapMaybe(
    await db
      .from("extractions")
      .select(
        "id, status, reason, properties_found, contacts_found, started_at, finished_at, created_at, updated_at, extraction_payloads(listed), imports(id, file_name, row_count, applied_rows, counts, rows_deleted_at)",
      )
      .eq("search_id", searchId)
      .order("created_at", { ascending: false })
      .limit(1)
      .maybeSingle(),
  );
  if (!row) return null;
  const rows = yieldSchema.parse(unwrap(await db.rpc("extraction_yield", { p_extraction_id: row.id })));
  return {
    ...row,
    payloads: rows,
    /** Whether every payload's listing has been read to its last page */
    allListed: row.extraction_payloads.every((payload) => payload.listed),
    requestsPerMinute: env().COSTAR_REQUESTS_PER_MINUTE,
  };
}

export type LoadedExtraction = NonNullable<Awaited<ReturnType<typeof loadExtraction>>>;

/** What a search found in all its extractions. */
export async function countResults(
  db: Db,
  searchId: string,
): Promise<{ properties: number; contacts: number }> {
  const [properties, contacts] = await Promise.all([
    db
      .from("search_properties")
      .select("search_id", { count: "exact", head: true })
      .eq("search_id", searchId),
    db.from("search_contacts").select("search_id", { count: "exact", head: true }).eq("search_id", searchId),
  ]);
  ensure(properties);
  ensure(contacts);
  return { properties: properties.count ?? 0, contacts: contacts.count ?? 0 };
}
