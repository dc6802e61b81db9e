import "server-only";
import { z } from "zod";
import { propose } from "@/lib/approvals/propose";
import type { Json } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { serviceDb } from "@/lib/server/service-client";
import { voiceOf } from "../candidate";
import { toTemplates } from "../plan-campaign";
import { formatInstant } from "../plan-sentence";
import { readByContact } from "../read-by-contact";
import { checkTemplates, windowAfter } from "../revise-campaign";
import { applyEdit } from "./apply-edit";
import {
  describeEdit,
  type EditChanges,
  type EditProposal,
  type EditSummary,
  editRunKey,
  editSummarySchema,
  isRetimed,
} from "./edit-proposal";
import { editSentence } from "./edit-sentence";
import { retimeUnsent } from "./retime-unsent";
import { rewriteUnsent, type UnsentMail, unsentSchema } from "./rewrite-unsent";

const PAGE = 500;

export interface ProposedEdit {
  readonly outcome: "asked" | "applied";
  readonly approvalId: string;
}

interface EditTelling {
  readonly notes?: readonly string[];
  /** Those of the changes that the notes tell of already */
  readonly told?: Partial<EditChanges>;
  /** Who asked, for the record; the acting operator otherwise */
  readonly by?: string | undefined;
}

/**
 * Proposes changes of the mails of a running campaign that have not left: written and placed anew, shown beside what was approved, and
 * bound by a hash. Nothing changes before the approval.
 * @throws {Refused} when the campaign does not run, a template is not fit, or no mail would change.
 */
export async function proposeEdit(
  campaignId: string,
  changes: EditChanges,
  { notes = [], told = {}, by }: EditTelling = {},
): Promise<ProposedEdit> {
  const db = serviceDb();
  const campaign = unwrap(
    await db
      .from("campaigns")
      .select("*, searches(buyer_name), sequence_steps(*)")
      .eq("id", campaignId)
      .single(),
  );
  if (campaign.status !== "active" && campaign.status !== "paused")
    throw new Refused("Only a campaign that runs has mails to change.");
  checkTemplates(changes.templates ?? []);
  windowAfter(campaign, changes);
  const desk = unwrap(await db.from("desk_settings").select("*").eq("id", 1).single());
  const all = await readByContact("unsent_mails", campaignId, unsentSchema);
  const leaveOut = new Set(changes.leaveOut ?? []);
  const [unsent, out] = [
    all.filter(({ contactId }) => !leaveOut.has(contactId)),
    all.filter(({ contactId }) => leaveOut.has(contactId)),
  ];
  const retimed = isRetimed(changes);
  const templates = toTemplates(campaign.sequence_steps).map(
    (template) => changes.templates?.find(({ step }) => step === template.step) ?? template,
  );
  const changed = new Set(
    toTemplates(campaign.sequence_steps)
      .filter((before, index) => {
        const after = templates[index];
        return before.subject !== after?.subject || before.body !== after.body;
      })
      .map(({ step }) => step),
  );
  const kept: Record<string, number> = {};
  const dueAt = retimed ? await retimeUnsent(campaign, desk, unsent, changes) : null;
  const sends = unsent.flatMap((contact) => {
    const rewritten = rewriteUnsent(contact, templates, changed, voiceOf(desk, campaign.searches.buyer_name));
    if (!rewritten.ok) kept[rewritten.reason] = (kept[rewritten.reason] ?? 0) + 1;
    const mails = rewritten.ok ? rewritten.mails : contact.mails;
    return mails
      .map((mail) => ({ ...mail, dueAt: dueAt?.get(`${contact.contactId} ${mail.step}`) ?? mail.dueAt }))
      .filter((mail) => isOther(mail, contact.mails))
      .map((mail) => toRow(contact.contactId, mail));
  });
  if (sends.length === 0 && out.length === 0)
    throw new Refused(
      Object.keys(kept).length > 0
        ? `No mail can change: ${Object.keys(kept).join("; ")}.`
        : "No mail that has not left would change. Those due within minutes are on their way already.",
    );
  const revision = unwrap(
    await db.rpc("open_campaign_edit", {
      p_campaign_id: campaignId,
      p_changes: { ...changes, ...(retimed ? { retimed: true } : {}) } as unknown as Json,
      p_by: by,
    }),
  );
  for (let start = 0; start < sends.length; start += PAGE)
    ensure(
      await db.rpc("save_edit_chunk", {
        p_campaign_id: campaignId,
        p_revision: revision,
        p_sends: sends.slice(start, start + PAGE) as unknown as Json,
      }),
    );
  const { hash, ...counted } = editSummarySchema.extend({ hash: z.string() }).parse(
    unwrap(
      await db.rpc("seal_campaign_edit", {
        p_campaign_id: campaignId,
        p_revision: revision,
        p_kept: kept,
      }),
    ),
  );
  const summary: EditSummary = {
    ...counted,
    leftOut: out.length,
    leftOutMails: out.reduce((sum, { mails }) => sum + mails.length, 0),
  };
  const content: EditProposal = {
    kind: "edit",
    campaignId,
    revision,
    hash,
    summary,
    timeZone: campaign.time_zone,
    notes: [
      ...notes,
      ...describeEdit(untold(changes, told), (iso) => formatInstant(iso, campaign.time_zone, true)),
    ],
  };
  const approval = await propose({
    runKey: editRunKey(campaignId),
    checkpoint: "campaign",
    revision,
    title: `Changed mails: ${campaign.name}`,
    summary: editSentence(summary),
    content,
    campaignId,
    priority: 25,
  });
  if (approval.status !== "approved") return { outcome: "asked", approvalId: approval.id };
  await applyEdit(approval.id);
  return { outcome: "applied", approvalId: approval.id };
}

/** The contacts of a running campaign with mails that have not left whose job title says one of these. */
export async function findUnsentByTitle(campaignId: string, titles: readonly string[]): Promise<string[]> {
  if (titles.length === 0) return [];
  return (await readByContact("unsent_mails", campaignId, unsentSchema))
    .filter(({ title }) => titles.some((wanted) => title?.toLowerCase().includes(wanted)))
    .map(({ contactId }) => contactId);
}

function isOther(mail: UnsentMail, before: readonly UnsentMail[]): boolean {
  const was = before.find(({ step }) => step === mail.step);
  return was?.subject !== mail.subject || was.body !== mail.body || was.dueAt !== mail.dueAt;
}

function toRow(contactId: string, mail: UnsentMail) {
  return {
    contact_id: contactId,
    step: mail.step,
    due_at: new Date(mail.dueAt).toISOString(),
    to_email: mail.to,
    subject: mail.subject,
    body: mail.body,
  };
}

function untold(changes: EditChanges, told: Partial<EditChanges>): EditChanges {
  return Object.fromEntries(
    Object.entries(changes).filter(([name]) => !(name in told) || name === "leaveOut"),
  );
}
