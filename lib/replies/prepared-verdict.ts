import { z } from "zod";
import { AGENT_CATEGORIES } from "./classification";
import type { Verdict } from "./verdict";

const preparedSchema = z.object({
  category: z.enum(AGENT_CATEGORIES),
  confidence: z.number().min(0).max(1),
  reason: z.string(),
  decidedBy: z.literal("agent"),
  details: z.record(z.string(), z.unknown()),
});

/** The verdict a batch left on a mail that a person is to see first; null when there is none. */
export function readPreparedVerdict(stored: unknown): Verdict | null {
  const parsed = preparedSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
