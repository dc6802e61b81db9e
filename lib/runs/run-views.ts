import { z } from "zod";
import { functionsIn, RUN_GROUPS } from "./functions";
import { RUN_STATUSES } from "./run-shape";

export const RUN_TABS = ["work", ...RUN_GROUPS, "all"] as const;
export type RunTab = (typeof RUN_TABS)[number];

export const runViewSchema = z.object({
  tab: z.enum(RUN_TABS).catch("work"),
  status: z.enum(RUN_STATUSES).optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
});
export type RunView = z.infer<typeof runViewSchema>;

/**
 * The functions a tab shows; undefined is every one, also those this version has not heard of. Sending looks every
 * minute whether mail is due, so it is no part of "work".
 */
export function functionsOf(tab: RunTab): string[] | undefined {
  if (tab === "all") return undefined;
  if (tab === "work") return [...functionsIn("outreach"), ...functionsIn("replies")];
  return functionsIn(tab);
}
