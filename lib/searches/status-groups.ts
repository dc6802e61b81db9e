import { z } from "zod";
import { startShape } from "@/lib/server/page-by-key";

/** How the list of searches is filtered: each group is a tab. */
export const SEARCH_GROUPS = [
  { key: "all", label: "All", statuses: [] },
  {
    key: "waiting",
    label: "Wait for you",
    statuses: ["awaiting_sourcing", "awaiting_extraction", "awaiting_campaign"],
  },
  { key: "under-way", label: "Under way", statuses: ["new", "sourcing", "extracting", "scheduling"] },
  { key: "active", label: "Mailing", statuses: ["active"] },
  { key: "failed", label: "Failed", statuses: ["failed"] },
  { key: "ended", label: "Ended", statuses: ["completed", "rejected", "cancelled"] },
] as const;

export type SearchGroup = (typeof SEARCH_GROUPS)[number];
export type SearchGroupKey = SearchGroup["key"];

/** What stands in the address of the list. */
export const searchViewSchema = z.object({ group: z.string().optional(), ...startShape });

/** The group a page address asks for; anything unknown is all of them. */
export function readSearchGroup(key: string | undefined): SearchGroup {
  return SEARCH_GROUPS.find((group) => group.key === key) ?? SEARCH_GROUPS[0];
}

/** Statuses from which a person may still cancel a search, as the database allows it. */
export const CANCELLABLE_STATUSES = [
  "new",
  "sourcing",
  "awaiting_sourcing",
  "awaiting_extraction",
  "extracting",
  "scheduling",
  "awaiting_campaign",
  "active",
  "failed",
] as const;

export function isCancellable(status: string): boolean {
  return CANCELLABLE_STATUSES.some((cancellable) => cancellable === status);
}

/**
 * The approval a search waits for: the pending one, or one that expired unanswered and can be reopened while the search
 * still waits for it.
 */
export function findWaiting<Approval extends { readonly status: string }>(
  searchStatus: string,
  approvals: readonly Approval[],
): Approval | undefined {
  // What still stands in the queue for a search that has ended is nothing to lead a person to.
  if (["completed", "rejected", "cancelled"].includes(searchStatus)) return undefined;
  const pending = approvals.find(({ status }) => status === "pending");
  if (pending || !searchStatus.startsWith("awaiting_")) return pending;
  return approvals.find(({ status }) => status === "expired");
}
