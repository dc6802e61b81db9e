import { z } from "zod";

/** What a reply can be once the rules have let it through. Rule-only categories are not the model's to choose. */
export const AGENT_CATEGORIES = [
  "interested",
  "pricing_given",
  "question",
  "referral",
  "broker_redirect",
  "soft_pass",
  "hard_pass",
  "opt_out",
  "wrong_contact",
  "buyer_inquiry",
  "other",
] as const;

/** Decided by rules alone, final over the model. */
export const RULE_CATEGORIES = ["bounce", "out_of_office", "complaint", "receipt"] as const;

export const CATEGORIES = [...AGENT_CATEGORIES, ...RULE_CATEGORIES] as const;
export type Category = (typeof CATEGORIES)[number];

/** Somebody the mail names beside its writer. */
const personSchema = z.object({
  name: z.string().max(200).default(""),
  email: z.string().max(320).nullable().default(null),
  phone: z.string().max(40).nullable().default(null),
  firm: z.string().max(200).default(""),
  role: z.string().max(100).default(""),
});

/** What `response-classifier` must answer about one mail. Prices in whole dollars, cap rates in basis points. */
export const classificationSchema = z.object({
  category: z.enum(AGENT_CATEGORIES),
  confidence: z.number().min(0).max(1),
  reason: z.string().min(3).max(400),
  facts: z.object({
    askingPriceUsd: z.number().int().nonnegative().nullable().default(null),
    capRateBps: z.number().int().nonnegative().max(5000).nullable().default(null),
    names: z.array(z.string().max(200)).max(20).default([]),
    phones: z.array(z.string().max(40)).max(20).default([]),
    callTimes: z.array(z.string().max(200)).max(20).default([]),
    documents: z.array(z.string().max(200)).max(20).default([]),
    /** Whom to ask instead, or who represents the owner. */
    people: z.array(personSchema).max(5).default([]),
    /** The day they name for another try, "2027-03-01". */
    followUpOn: z.string().max(10).nullable().default(null),
    /** Whether a "never again" is said for the whole company. */
    speaksForCompany: z.boolean().nullable().default(null),
  }),
  suggestedAnswer: z.string().max(4000).default(""),
});

export type Classification = z.infer<typeof classificationSchema>;

/** One mail's answer in a batch; `id` is the one the mail was given there. */
export const batchedClassificationSchema = z.object({
  id: z.string().max(20),
  ...classificationSchema.shape,
});
export type BatchedClassification = z.infer<typeof batchedClassificationSchema>;

/**
 * The answer about several mails at once. The agent is shown each result's whole shape, but a result that does not have it
 * is null here instead of spoiling the others.
 */
export const batchSchema = z.object({
  results: z.array(batchedClassificationSchema.nullable().catch(null)).max(50),
});
