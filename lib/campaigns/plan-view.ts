import { z } from "zod";
import { type KeyColumn, startShape } from "@/lib/server/page-by-key";
import { dayText } from "@/lib/server/read-query";

export const PLAN_PAGE = 25;

export const PLAN_SORTS = ["name", "company", "first-mail"] as const;

/** How a person looks at a plan; all of it stands in the address. */
export const planViewSchema = z.object({
  /** Part of a name, title, address, company or property */
  q: z
    .string()
    .trim()
    .max(100)
    .transform((text) => text || undefined)
    .optional()
    .catch(undefined),
  show: z.enum(["enroll", "left-out"]).catch("enroll"),
  /** Only those left out for this reason */
  why: z.string().max(200).optional().catch(undefined),
  sort: z.enum(PLAN_SORTS).catch("name"),
  dir: z.enum(["up", "down"]).catch("up"),
  ...startShape,
  contact: z.uuid().optional().catch(undefined),
  /** The day (ISO date) whose hours are shown */
  day: dayText.optional().catch(undefined),
});
export type PlanView = z.infer<typeof planViewSchema>;

const COLUMNS = { name: "name_key", company: "company_key", "first-mail": "first_due_at" } as const;

/** What a view of the contacts is ordered by. Nobody who is left out has a first mail, so they go by name. */
export function keyColumns({ sort, dir, show }: PlanView): readonly KeyColumn[] {
  const by = show === "left-out" && sort === "first-mail" ? "name" : sort;
  const ascending = dir === "up";
  return [
    { name: COLUMNS[by], ascending },
    { name: "contact_id", ascending },
  ];
}
