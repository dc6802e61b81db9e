import { z } from "zod";
import { CATEGORIES } from "@/lib/replies/classification";

/** What auto covers at a checkpoint; without a key it covers everything. Which keys fit which checkpoint, SQL decides. */
export const autoScopeSchema = z.object({
  /** campaign: only campaigns that mail at most so many contacts */
  maxContacts: z.coerce
    .number({ error: "a whole number of contacts" })
    .int("a whole number of contacts")
    .min(1, "at least one contact")
    .max(100_000, "at most 100,000 contacts")
    .optional(),
  /** sourcing: only markets and property types a person approved before */
  seenOnly: z.literal(true).optional(),
  /** classification: only these categories */
  categories: z.array(z.enum(CATEGORIES)).min(1, "choose at least one category").optional(),
  /** classification: only what the classifier is so sure of, 0.7 to 1 */
  minConfidence: z.coerce.number().min(0.7, "at least 70%").max(1, "at most 100%").optional(),
});
export type AutoScope = z.infer<typeof autoScopeSchema>;

/** The end of a time in auto, as a person types it: a day and a clock time in the desk's zone. */
export const untilSchema = z.object({
  day: z.iso.date("a day like 2026-12-24"),
  clock: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time like 17:00"),
});
export type Until = z.infer<typeof untilSchema>;
