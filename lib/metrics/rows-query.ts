import { z } from "zod";
import { startShape } from "@/lib/server/page-by-key";
import { instantText } from "@/lib/server/read-query";

/** What the rows page can list: the rows behind the numbers of the Metrics pages. */
const ROW_KINDS = [
  "properties",
  "contacts",
  "enrolled",
  "sent",
  "delivered",
  "replied",
  "interested",
  "priced",
  "mails-sent",
  "bounced",
  "complained",
  "mails",
  "routed",
  "answered",
  "judged",
  "runs",
  "decisions",
  "waiting",
  "trust",
  "mode-changes",
  "learnings",
  "used",
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

const word = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .optional()
  .catch(undefined);

/** What narrows the rows further than the view does; what does not fit is left out. */
export const rowsQuerySchema = z.object({
  of: z.enum(ROW_KINDS).catch("contacts"),
  mailbox: z.uuid().optional().catch(undefined),
  domain: z
    .string()
    // Whatever a mail can be sent to, in any script; nothing a pattern or a filter would read otherwise.
    .regex(/^[^\s@%*,()"\\]{1,253}$/u)
    .optional()
    .catch(undefined),
  category: word,
  predicted: word,
  correct: word,
  checkpoint: word,
  mode: z.enum(["plan", "auto"]).optional().catch(undefined),
  status: word,
  version: z.string().max(100).optional().catch(undefined),
  model: z.string().max(200).optional().catch(undefined),
  /** Runs whose first answer was right. */
  first: z.literal("yes").optional().catch(undefined),
  /** Mails the classifier read. */
  by: z.literal("agent").optional().catch(undefined),
  outcome: z.enum(["unchanged", "edited", "changes_asked", "rejected"]).optional().catch(undefined),
  /** What of a learning lies in the time: that it was said, or measured; "in_use" is of now. */
  state: z.enum(["in_use", "said", "measured", "better", "worse"]).optional().catch(undefined),
  /** One hour mails left in, by its beginning. */
  hour: instantText.optional().catch(undefined),
  /** Whole months of UTC, both included. */
  months: z
    .string()
    .regex(/^(?:19|2[01])\d\d-(?:0[1-9]|1[0-2])\.\.(?:19|2[01])\d\d-(?:0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  /** How far back what takes places under a limit goes. */
  hours: z.coerce.number().int().min(1).max(24).optional().catch(undefined),
  bin: z.coerce.number().int().min(0).max(9).optional().catch(undefined),
  ...startShape,
});
export type RowsQuery = z.infer<typeof rowsQuerySchema>;

/** How far an enrollment must have come to stand behind a stage. */
export const REACHED: Partial<Record<RowKind, number>> = {
  enrolled: 0,
  sent: 1,
  delivered: 2,
  replied: 3,
  interested: 4,
  priced: 5,
};
