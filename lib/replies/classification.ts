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
  "wrong_contact",
  "buyer_inquiry",
  "other",
] as const;

/** Decided by rules alone, final over the model. */
export const RULE_CATEGORIES = ["bounce", "out_of_office", "opt_out", "complaint", "receipt"] as const;

export const CATEGORIES = [...AGENT_CATEGORIES, ...RULE_CATEGORIES] as const;
export type Category = (typeof CATEGORIES)[number];

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
  }),
  suggestedAnswer: z.string().max(4000).default(""),
});

export type Classification = z.infer<typeof classificationSchema>;
