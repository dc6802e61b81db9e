import "server-only";
import { z } from "zod";
import { type CriteriaDraft, EMPTY_DRAFT } from "@/lib/criteria/criteria-draft";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import type { ContactDraft } from "./contact-draft";
import { proposeSearchDraft } from "./propose-search-draft";

const outcomeSchema = z.object({
  outcome: z.enum(["accepted", "already_decided", "not_found"]),
  contactId: z.string().nullish(),
  known: z.boolean().optional(),
  decidedBy: z.string().nullish(),
});
export type AcceptedContact = z.infer<typeof outcomeSchema>;

const COLUMNS =
  "id, email_id, kind, draft, status, contact_id, search_id, decided_by, decided_at, reason, created_at, companies(id, name), synced_emails(subject, from_name, from_email)" as const;

/** What replies made us propose and nobody has decided, newest first, 100 at most. */
export async function listProposals(db: Db) {
  const rows = unwrap(
    await db
      .from("reply_proposals")
      .select(COLUMNS)
      .eq("status", "pending")
      .order("created_at", { ascending: false })
      .order("id")
      .limit(100),
  );
  return Promise.all(rows.map(fillDraft));
}

/** A search a person filed a mail as is proposed without a form: what the mail says is read when it is looked at. */
async function fillDraft<Row extends { kind: string; status: string; draft: Json; email_id: string }>(
  row: Row,
): Promise<Row> {
  const isBlank = typeof row.draft === "object" && row.draft !== null && Object.keys(row.draft).length === 0;
  if (row.kind !== "search" || row.status !== "pending" || !isBlank) return row;
  return { ...row, draft: { ...(await proposeSearchDraft(row.email_id)) } };
}

/** Everything one mail made us propose, decided or not. */
export async function listProposalsOf(db: Db, emailId: string) {
  const rows = unwrap(
    await db
      .from("reply_proposals")
      .select(COLUMNS)
      .eq("email_id", emailId)
      .neq("status", "withdrawn")
      .order("created_at")
      .order("id"),
  );
  return Promise.all(rows.map(fillDraft));
}

/** Makes the proposed contact a contact of the referrer's company, with what a person changed; one we know stays as it is. */
export async function acceptContact(
  db: Db,
  proposalId: string,
  edits: Partial<Pick<ContactDraft, "name" | "email" | "phone" | "title">> & { companyId?: string } = {},
): Promise<AcceptedContact> {
  return outcomeSchema.parse(unwrap(await db.rpc("accept_contact", { p_id: proposalId, p_edits: edits })));
}

/** The form of a new search as a buyer's mail fills it; null when the proposal is not there or decided. */
export async function loadProposedSearch(db: Db, proposalId: string): Promise<CriteriaDraft | null> {
  const [row] = unwrap(
    await db
      .from("reply_proposals")
      .select("draft, kind, status, email_id")
      .eq("id", proposalId)
      .eq("kind", "search")
      .eq("status", "pending")
      .limit(1),
  );
  const draft = row && (await fillDraft(row)).draft;
  return typeof draft === "object" && draft !== null && !Array.isArray(draft)
    ? { ...EMPTY_DRAFT, ...(draft as Partial<CriteriaDraft>) }
    : null;
}

/** Notes which search was made of a proposed one; false when it was decided before. */
export async function acceptSearch(db: Db, proposalId: string, searchId: string): Promise<boolean> {
  return unwrap(await db.rpc("accept_search", { p_id: proposalId, p_search_id: searchId }));
}

/** Says no to a proposal, with the reason; false when it was decided before. */
export async function dismissProposal(db: Db, proposalId: string, reason: string): Promise<boolean> {
  return unwrap(await db.rpc("dismiss_proposal", { p_id: proposalId, p_reason: reason }));
}
