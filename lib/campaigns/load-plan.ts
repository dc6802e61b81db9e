import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/db/client-options";
import { unwrap, unwrapMaybe } from "@/lib/db/errors";

export const PLAN_PAGE = 25;

export const planViewSchema = z.object({
  /** Part of a name, address or company */
  q: z.string().trim().max(100).optional().catch(undefined),
  show: z.enum(["enroll", "left-out"]).catch("enroll"),
  after: z.uuid().optional().catch(undefined),
  contact: z.uuid().optional().catch(undefined),
});
export type PlanView = z.infer<typeof planViewSchema>;

const NAME_COLUMNS =
  "contact_id, decision, reason, time_zone, contacts!inner(full_name, title, email, companies(name)), properties(address, city)" as const;

/** One page of a plan's contacts by key, those who will be mailed or those left out with the reason. */
export async function loadPlanContacts(db: Db, campaignId: string, revision: number, view: PlanView) {
  let query = db
    .from("planned_enrollments")
    .select(NAME_COLUMNS)
    .eq("campaign_id", campaignId)
    .eq("revision", revision)
    .order("contact_id")
    .limit(PLAN_PAGE + 1);
  query = view.show === "enroll" ? query.eq("decision", "enroll") : query.neq("decision", "enroll");
  if (view.q) {
    const like = `%${view.q.replace(/[%_,()"\\]/g, " ").trim()}%`;
    query = query.or(`full_name.ilike."${like}",email.ilike."${like}",title.ilike."${like}"`, {
      referencedTable: "contacts",
    });
  }
  if (view.after) query = query.gt("contact_id", view.after);
  const rows = unwrap(await query);
  const items = rows.slice(0, PLAN_PAGE);
  return { items, next: rows.length > PLAN_PAGE ? (items.at(-1)?.contact_id ?? null) : null };
}

/** The mails one contact would get, word for word, and who comes before and after in the plan. */
export async function loadPlannedMails(
  db: Db,
  campaignId: string,
  revision: number,
  contactId: string | undefined,
) {
  const mine = () =>
    db
      .from("planned_enrollments")
      .select("contact_id")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .eq("decision", "enroll")
      .limit(1);
  const current = contactId ?? unwrapMaybe(await mine().order("contact_id").maybeSingle())?.contact_id;
  if (!current) return null;
  const [mails, enrollment, before, after] = await Promise.all([
    db
      .from("planned_sends")
      .select("step, due_at, to_email, subject, body")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .eq("contact_id", current)
      .order("step"),
    db
      .from("planned_enrollments")
      .select("time_zone, contacts!inner(full_name), mailboxes(address)")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .eq("contact_id", current)
      .maybeSingle(),
    mine().lt("contact_id", current).order("contact_id", { ascending: false }).maybeSingle(),
    mine().gt("contact_id", current).order("contact_id").maybeSingle(),
  ]);
  const row = unwrapMaybe(enrollment);
  if (!row) return null;
  return {
    contactId: current,
    name: row.contacts.full_name,
    timeZone: row.time_zone,
    mailbox: row.mailboxes?.address ?? null,
    mails: unwrap(mails),
    previous: unwrapMaybe(before)?.contact_id ?? null,
    next: unwrapMaybe(after)?.contact_id ?? null,
  };
}

const timelineSchema = z.array(z.object({ day: z.string(), step: z.number(), sends: z.coerce.number() }));

export interface TimelineDay {
  /** ISO date in the campaign's zone */
  readonly day: string;
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** Mails per day and step, in the campaign's zone. */
export async function loadTimeline(db: Db, campaignId: string, revision: number): Promise<TimelineDay[]> {
  const rows = timelineSchema.parse(
    unwrap(await db.rpc("plan_timeline", { p_campaign_id: campaignId, p_revision: revision })),
  );
  const days = new Map<string, { day: string; first: number; second: number; third: number }>();
  for (const { day, step, sends } of rows) {
    const entry = days.get(day) ?? { day, first: 0, second: 0, third: 0 };
    if (step === 1) entry.first += sends;
    else if (step === 2) entry.second += sends;
    else entry.third += sends;
    days.set(day, entry);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** A campaign with its templates, or null when there is none by this id. */
export async function loadCampaign(db: Db, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  return unwrapMaybe(
    await db
      .from("campaigns")
      .select(
        "*, searches(id, name, buyer_name), sequence_steps(step, gap_business_days, subject_template, body_template)",
      )
      .eq("id", id)
      .maybeSingle(),
  );
}
