import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { cursorOf, finishPage, fitStart, startPage } from "@/lib/server/page-by-key";
import { keyColumns, PLAN_PAGE, type PlanView } from "./plan-view";

const LIST_COLUMNS =
  "contact_id, decision, reason, time_zone, name_key, company_key, first_due_at, contacts!inner(full_name, title, email, companies(name)), properties(address, city)" as const;

interface Filterable<Query> {
  eq(column: "decision" | "reason", value: string): Query;
  neq(column: "decision", value: string): Query;
  ilike(column: "search_text", pattern: string): Query;
}

/** Narrows a query of planned enrollments to those a view shows. */
function narrow<Query extends Filterable<Query>>(query: Query, view: PlanView): Query {
  let narrowed = view.show === "enroll" ? query.eq("decision", "enroll") : query.neq("decision", "enroll");
  if (view.show === "left-out" && view.why) narrowed = narrowed.eq("reason", view.why);
  if (view.q)
    narrowed = narrowed.ilike("search_text", `%${view.q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`);
  return narrowed;
}

/** One page of a plan's contacts by key, those who will be mailed or those left out with the reason, in the order asked for. */
export async function loadPlanContacts(db: Db, campaignId: string, revision: number, view: PlanView) {
  const base = db
    .from("planned_enrollments")
    .select(LIST_COLUMNS)
    .eq("campaign_id", campaignId)
    .eq("revision", revision);
  const columns = keyColumns(view);
  const start = fitStart(view, columns);
  const rows = unwrap(await startPage(narrow(base, view), columns, start).limit(PLAN_PAGE + 1));
  return finishPage(rows, PLAN_PAGE, start, (row) =>
    cursorOf(columns.map(({ name }) => row[name as "name_key"] ?? "")),
  );
}

/** How many contacts a search in a plan finds; null when nothing is searched for. */
export async function countMatches(
  db: Db,
  campaignId: string,
  revision: number,
  view: PlanView,
): Promise<number | null> {
  if (!view.q && !view.why) return null;
  const base = db
    .from("planned_enrollments")
    .select("contact_id", { count: "exact", head: true })
    .eq("campaign_id", campaignId)
    .eq("revision", revision);
  const { count, error } = await narrow(base, view);
  return unwrap({ data: count, error });
}

/** Everybody a search in a plan finds, by id, however many. */
export async function findMatches(
  db: Db,
  campaignId: string,
  revision: number,
  view: PlanView,
): Promise<string[]> {
  const found: string[] = [];
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const base = db
      .from("planned_enrollments")
      .select("contact_id")
      .eq("campaign_id", campaignId)
      .eq("revision", revision);
    const page = unwrap(await narrow(base, view).gt("contact_id", after).order("contact_id").limit(500));
    found.push(...page.map((row) => row.contact_id));
    const last = page.at(-1);
    if (!last || page.length < 500) return found;
    after = last.contact_id;
  }
}

/** The mails one contact would get, word for word, and who comes before and after in the plan as the view orders it. */
export async function loadPlannedMails(db: Db, campaignId: string, revision: number, view: PlanView) {
  const columns = keyColumns(view);
  const around = () =>
    narrow(
      db
        .from("planned_enrollments")
        .select("contact_id, name_key, company_key, first_due_at")
        .eq("campaign_id", campaignId)
        .eq("revision", revision),
      { ...view, show: "enroll" },
    );
  const one = (contactId: string) =>
    db
      .from("planned_enrollments")
      .select(
        "contact_id, name_key, company_key, first_due_at, time_zone, contacts!inner(full_name), mailboxes(address)",
      )
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .eq("decision", "enroll")
      .eq("contact_id", contactId)
      .maybeSingle();
  const current =
    view.contact ?? unwrapMaybe(await startPage(around(), columns, {}).limit(1).maybeSingle())?.contact_id;
  const row = current ? unwrapMaybe(await one(current)) : null;
  if (!row) return null;
  const cursor = cursorOf(columns.map(({ name }) => row[name as "name_key"] ?? ""));
  const [mails, before, after] = await Promise.all([
    db
      .from("planned_sends")
      .select("step, due_at, to_email, subject, body")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .eq("contact_id", row.contact_id)
      .order("step"),
    startPage(around(), columns, { before: cursor }).limit(1).maybeSingle(),
    startPage(around(), columns, { after: cursor }).limit(1).maybeSingle(),
  ]);
  return {
    contactId: row.contact_id,
    name: row.contacts.full_name,
    timeZone: row.time_zone,
    mailbox: row.mailboxes?.address ?? null,
    mails: unwrap(mails),
    previous: unwrapMaybe(before)?.contact_id ?? null,
    next: unwrapMaybe(after)?.contact_id ?? null,
  };
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
