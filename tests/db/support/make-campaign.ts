import type { Desk } from "./desk";
import { addContacts, addMailbox, addSearch, type Contact } from "./make-market";
import type { Session } from "./sessions";

/** A Wednesday, noon in Los Angeles: inside every send window of these tests. */
export const NOON = "2031-05-07T19:00:00Z";
export const minutesAfter = (iso: string, minutes: number) =>
  new Date(Date.parse(iso) + minutes * 60_000).toISOString();

export interface PlanOptions {
  readonly contacts?: readonly Contact[];
  readonly count?: number;
  readonly mailboxes?: readonly string[];
  readonly steps?: 1 | 2 | 3;
  /** When the first mail is due; each later step is due `gaps` business days on, here plainly days. */
  readonly dueAt?: string;
  readonly gaps?: readonly [number, number, number];
  readonly zone?: string;
  /** Spacing, batches and the campaign's own daily limit, as `campaigns.settings` has them. Nothing by default. */
  readonly settings?: Readonly<Record<string, number>>;
  readonly window?: { readonly start?: string; readonly end?: string; readonly days?: string };
}

export interface Plan {
  readonly searchId: string;
  readonly campaignId: string;
  readonly contacts: readonly Contact[];
  readonly mailboxes: readonly string[];
  readonly planHash: string;
}

const CHUNK = 500;

/** Saves and seals a plan the way the product does: rows in chunks, then the hash. */
export async function makePlan(desk: Desk, options: PlanOptions = {}): Promise<Plan> {
  const contacts = options.contacts ?? (await addContacts(desk, options.count ?? 1));
  const mailboxes = options.mailboxes ?? [await addMailbox(desk)];
  const searchId = await addSearch(desk);
  const campaignId = await addCampaign(desk, searchId, options);
  for (let start = 0; start < contacts.length; start += CHUNK)
    await savePlanRows(desk.service, campaignId, 1, contacts.slice(start, start + CHUNK), mailboxes, options);
  const { planHash } = await desk.service.call<{ planHash: string }>("seal_plan", {
    p_campaign_id: campaignId,
    p_revision: 1,
  });
  return { searchId, campaignId, contacts, mailboxes, planHash };
}

async function addCampaign(desk: Desk, searchId: string, options: PlanOptions): Promise<string> {
  const { start = "09:00", end = "17:00", days = "{1,2,3,4,5}" } = options.window ?? {};
  const [row] = await desk.service.rows<{ id: string }>(
    `insert into public.campaigns (search_id, name, settings, time_zone, window_start, window_end, window_days)
     values ($1, 'Industrial', $5, 'America/Los_Angeles', $2, $3, $4) returning id`,
    [searchId, start, end, days, JSON.stringify(options.settings ?? {})],
  );
  if (!row) throw new Error("no campaign");
  const gaps = options.gaps ?? [0, 3, 4];
  for (const [index, gap] of gaps.entries())
    await desk.service.rows(
      `insert into public.sequence_steps (campaign_id, step, gap_business_days, subject_template, body_template)
       values ($1, $2, $3, 'Hello', 'Hello')`,
      [row.id, index + 1, gap],
    );
  return row.id;
}

export async function savePlanRows(
  session: Session,
  campaignId: string,
  revision: number,
  contacts: readonly Contact[],
  mailboxes: readonly string[],
  options: PlanOptions = {},
): Promise<void> {
  const { steps = 1, dueAt = NOON, gaps = [0, 3, 4], zone = "America/Los_Angeles" } = options;
  await session.call("save_plan_chunk", {
    p_campaign_id: campaignId,
    p_revision: revision,
    p_enrollments: contacts.map((contact, index) => ({
      contact_id: contact.id,
      mailbox_id: mailboxes[index % mailboxes.length],
      time_zone: zone,
      decision: "enroll",
    })),
    p_sends: contacts.flatMap((contact) =>
      Array.from({ length: steps }, (_, index) => ({
        contact_id: contact.id,
        step: index + 1,
        due_at: minutesAfter(dueAt, 1440 * gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0)),
        to_email: contact.email,
        subject: `Mail ${index + 1}`,
        body: `Mail ${index + 1} to ${contact.email}`,
      })),
    ),
  });
}

/** Asks for a plan's approval and gives it. */
export async function approvePlan(desk: Desk, plan: Plan): Promise<string> {
  const approval = await desk.service.row<{ id: string; content_hash: string }>("propose", {
    p_run_key: `search:${plan.searchId}`,
    p_checkpoint: "campaign",
    p_revision: 1,
    p_title: "Campaign",
    p_summary: "Who, what, when",
    p_proposal: { campaignId: plan.campaignId, planHash: plan.planHash },
    p_search_id: plan.searchId,
    p_campaign_id: plan.campaignId,
  });
  await desk.operator.call("decide_approval", {
    p_id: approval.id,
    p_decision: "approve",
    p_content_hash: approval.content_hash,
  });
  return approval.id;
}

/** A campaign whose mails are scheduled. */
export async function runCampaign(
  desk: Desk,
  options: PlanOptions = {},
): Promise<Plan & { approvalId: string }> {
  const plan = await makePlan(desk, options);
  const approvalId = await approvePlan(desk, plan);
  await desk.service.call("activate_campaign", { p_campaign_id: plan.campaignId, p_approval_id: approvalId });
  return { ...plan, approvalId };
}
