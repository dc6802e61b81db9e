import { z } from "zod";
import { costarPayloadSchema } from "./payload";

/** One payload as `sourcing-agent` proposes it: a short title, why it should find sellers, and the query itself. */
export const proposedPayloadSchema = z.object({
  title: z.string().min(3).max(160),
  reasoning: z.string().min(10).max(2000),
  payload: costarPayloadSchema,
});

/** What `sourcing-agent` must answer: one to twelve focused payloads and the strategy behind them. */
export const sourcingAnswerSchema = z.object({
  strategy: z.string().min(20).max(4000),
  payloads: z.array(proposedPayloadSchema).min(1).max(12),
});

export type ProposedPayload = z.infer<typeof proposedPayloadSchema>;
export type SourcingAnswer = z.infer<typeof sourcingAnswerSchema>;
