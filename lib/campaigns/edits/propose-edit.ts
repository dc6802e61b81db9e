import "server-only";
import { z } from "zod";
import { propose } from "@/lib/approvals/propose";
import type { Json } from "@/lib/db/database.types";
import { ensure, unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { checkTemplate } from "@/lib/templates/template";
import { voiceOf } from "../candidate";
import { toTemplates } from "../plan-campaign";
import { formatInstant } from "../plan-sentence";
import { readByContact } from "../read-by-contact";
import { BadCampaignChangeError } from "../revise-campaign";
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
import { retimeUnsent } from "./retime-unsent";
import { rewriteUnsent, type Unsent, type UnsentMail, unsentSchema } from "./rewrite-unsent";

const PAGE = 500;

export interface ProposedEdit {
  readonly outcome: "asked" | "applied";
  readonly approvalId: string;
}

/**
 * Proposes changes of the mails of a running campaign that have not left: written and placed anew, shown beside what was approved, and
 * bound by a hash. Nothing changes before the approval.
 * @param by who asked, for the record; the acting operator otherwise.
 * @throws {BadCampaignChangeError} when the campaign does not run, a template is not fit, or no mail would change.
 */
export async function proposeEdit(
  campaignId: string,
  changes: EditChanges,
  { notes = [], by }: { readonly notes?: readonly string[]; readonly by?: string } = {},
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
    throw new BadCampaignChangeError("Only a campaign that runs has mails to change.");
  checkChanges(changes, campaign);
  const desk = unwrap(await db.from("desk_settings").select("*").eq("id", 1).single());
  const unsent = await loadUnsent(campaignId);
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
  if (sends.length === 0)
    throw new BadCampaignChangeError(
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
  const { hash, ...summary } = editSummarySchema.extend({ hash: z.string() }).parse(
    unwrap(
      await db.rpc("seal_campaign_edit", {
        p_campaign_id: campaignId,
        p_revision: revision,
        p_kept: kept,
      }),
    ),
  );
  const content: EditProposal = {
    kind: "edit",
    campaignId,
    revision,
    hash,
    summary,
    timeZone: campaign.time_zone,
    notes: [...notes, ...describeEdit(changes, (iso) => formatInstant(iso, campaign.time_zone, true))],
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

function checkChanges(
  changes: EditChanges,
  campaign: { readonly window_start: string; readonly window_end: string },
): void {
  for (const template of changes.templates ?? []) {
    const problem = [...checkTemplate(template.subject), ...checkTemplate(template.body)][0];
    if (problem) throw new BadCampaignChangeError(`Mail ${template.step}: ${problem.message}`);
  }
  const start = changes.windowStart ?? campaign.window_start.slice(0, 5);
  const end = changes.windowEnd ?? campaign.window_end.slice(0, 5);
  if (start >= end) throw new BadCampaignChangeError("The send window must end after it starts.");
}

function loadUnsent(campaignId: string): Promise<Unsent[]> {
  return readByContact(async (after, limit) =>
    z.array(unsentSchema).parse(
      unwrap(
        await serviceDb().rpc("unsent_mails", {
          p_campaign_id: campaignId,
          p_after: after,
          p_limit: limit,
        }),
      ),
    ),
  );
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

/** "Approving changes 212 mails to 104 contacts that have not left: 212 rewritten, 40 moved." */
export function editSentence({ mails, contacts, rewritten, moved }: EditSummary): string {
  const count = (number: number, noun: string) =>
    `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
  const what = [
    ...(rewritten > 0 ? [`${rewritten.toLocaleString("en-US")} rewritten`] : []),
    ...(moved > 0 ? [`${moved.toLocaleString("en-US")} moved`] : []),
  ];
  return `Approving changes ${count(mails, "mail")} to ${count(contacts, "contact")} that have not left: ${what.join(", ")}.`;
}
