import { z } from "zod";
import { proposedPayloadSchema } from "@/lib/criteria/sourcing-answer";

export const CHECKPOINTS = ["sourcing", "extraction", "campaign", "classification"] as const;
export const checkpointSchema = z.enum(CHECKPOINTS);
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What the sourcing and extraction checkpoints show: the payloads, why, and what a person asked for before. */
export const payloadProposalSchema = z.object({
  strategy: z.string(),
  payloads: z.array(proposedPayloadSchema),
});

/** What the campaign checkpoint shows. `planHash` stands for every contact, mail and time of the plan. */
export const campaignProposalSchema = z.object({
  campaignId: z.uuid(),
  planRevision: z.number().int(),
  planHash: z.string(),
  totals: z.object({
    contacts: z.number().int(),
    enrolled: z.number().int(),
    leftOut: z.record(z.string(), z.number().int()),
    sends: z.number().int(),
    mailboxes: z.number().int(),
    firstDueAt: z.string().nullable(),
    lastDueAt: z.string().nullable(),
  }),
  timeZone: z.string(),
  notes: z.array(z.string()).default([]),
});

/** What the classification checkpoint shows: one mail and what the agent made of it. */
export const classificationProposalSchema = z.object({
  emailId: z.uuid(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  category: z.string(),
  confidence: z.number(),
  reason: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

/** Edits a person may make while approving: the payloads as they shall run, or the category as it really is. */
export const payloadEditsSchema = z.object({ payloads: z.array(proposedPayloadSchema).min(1).max(12) });
export const classificationEditsSchema = z.object({ category: z.string() });

/** What stands in `edits` of a campaign whose search was sent back: the payloads of which revision were not good enough. */
export const backToSourcingSchema = z.object({
  again: z.literal("sourcing"),
  sourcingRevision: z.number().int(),
});
export type BackToSourcing = z.infer<typeof backToSourcingSchema>;

export type PayloadProposal = z.infer<typeof payloadProposalSchema>;
export type CampaignProposal = z.infer<typeof campaignProposalSchema>;
export type ClassificationProposal = z.infer<typeof classificationProposalSchema>;
