import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

/** One edit as it stands: what was asked for, and what became of it. */
export async function loadEdit(db: Db, campaignId: string, revision: number) {
  return unwrapMaybe(
    await db
      .from("campaign_edits")
      .select("revision, status, applied_mails, left_mails, applied_at, made_by")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .maybeSingle(),
  );
}

const NAMES = 50;
const leaveOutSchema = z.object({ leaveOut: z.array(z.string()).default([]) });

/** Who an edit leaves out, the first of them by name. */
export async function loadLeftOut(db: Db, campaignId: string, revision: number) {
  const edit = unwrapMaybe(
    await db
      .from("campaign_edits")
      .select("changes")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .maybeSingle(),
  );
  const { leaveOut } = leaveOutSchema.parse(edit?.changes ?? {});
  if (leaveOut.length === 0) return [];
  return unwrap(
    await db
      .from("contacts")
      .select("id, full_name, title")
      .in("id", leaveOut.slice(0, NAMES))
      .order("full_name"),
  );
}

/**
 * The changed mails of one contact beside those that were approved, and who comes before and after.
 * @param contactId the first contact when absent.
 */
export async function loadEditedMails(
  db: Db,
  campaignId: string,
  revision: number,
  contactId: string | undefined,
) {
  const planned = () =>
    db
      .from("planned_sends")
      .select("contact_id")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .limit(1);
  const current = contactId ?? unwrapMaybe(await planned().order("contact_id").maybeSingle())?.contact_id;
  if (!current) return null;
  const [after, before, contact, previous, next] = await Promise.all([
    db
      .from("planned_sends")
      .select("step, due_at, to_email, subject, body")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .eq("contact_id", current)
      .order("step"),
    db
      .from("sends")
      .select("step, due_at, status, subject, body, enrollments(time_zone)")
      .eq("campaign_id", campaignId)
      .eq("contact_id", current)
      .eq("kind", "sequence")
      .order("step"),
    db.from("contacts").select("full_name").eq("id", current).maybeSingle(),
    planned().lt("contact_id", current).order("contact_id", { ascending: false }).maybeSingle(),
    planned().gt("contact_id", current).order("contact_id").maybeSingle(),
  ]);
  const was = unwrap(before);
  return {
    name: unwrapMaybe(contact)?.full_name ?? "",
    timeZone: was[0]?.enrollments?.time_zone ?? "UTC",
    mails: unwrap(after).map((mail) => {
      const old = was.find(({ step }) => step === mail.step);
      return { ...mail, before: old ? { dueAt: old.due_at, subject: old.subject, body: old.body } : null };
    }),
    previous: unwrapMaybe(previous)?.contact_id ?? null,
    next: unwrapMaybe(next)?.contact_id ?? null,
  };
}
