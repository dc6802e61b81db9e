import { z } from "zod";
import { cursorSchema } from "@/lib/db/page-by-key";

/** What the rows page can list: the rows behind the numbers of the Metrics pages. */
export const ROW_KINDS = [
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
  "answered",
  "judged",
  "runs",
  "decisions",
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
    .regex(/^[a-z0-9.-]{1,253}$/i)
    .optional()
    .catch(undefined),
  category: word,
  predicted: word,
  correct: word,
  checkpoint: word,
  mode: z.enum(["plan", "auto"]).optional().catch(undefined),
  status: word,
  version: z.string().max(100).optional().catch(undefined),
  bin: z.coerce.number().int().min(0).max(9).optional().catch(undefined),
  after: cursorSchema.optional().catch(undefined),
  before: cursorSchema.optional().catch(undefined),
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
