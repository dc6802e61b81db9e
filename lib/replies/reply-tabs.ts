import { z } from "zod";
import { cursorSchema, type KeyColumn } from "@/lib/server/page-by-key";

export const REPLY_TABS = [
  "for_you",
  "mine",
  "snoozed",
  "unmatched",
  "other",
  "machine",
  "done",
  "all",
] as const;
export type ReplyTab = (typeof REPLY_TABS)[number];

/** Categories only a machine writes. */
export const MACHINE_CATEGORIES = ["bounce", "out_of_office", "receipt"] as const;

/** The address of a view of the inbox; what does not fit falls back to the plain inbox. */
export const replyViewSchema = z.object({
  tab: z.enum(REPLY_TABS).catch("for_you"),
  q: z.string().trim().max(120).catch(""),
  after: cursorSchema.optional().catch(undefined),
  before: cursorSchema.optional().catch(undefined),
});
export type ReplyView = z.infer<typeof replyViewSchema>;

const NEWEST: readonly KeyColumn[] = [
  { name: "received_at", ascending: false },
  { name: "id", ascending: false },
];
const MOST_URGENT: readonly KeyColumn[] = [{ name: "priority", ascending: true }, ...NEWEST];

/** What waits for a person comes most urgent first; every other tab newest first. */
export function orderOf(tab: ReplyTab): readonly KeyColumn[] {
  return tab === "for_you" || tab === "mine" ? MOST_URGENT : NEWEST;
}

/** A link to a view: only what differs from the plain inbox is written. */
export function replyViewHref(path: string, view: Partial<ReplyView>): string {
  const query = new URLSearchParams();
  if (view.tab && view.tab !== "for_you") query.set("tab", view.tab);
  if (view.q) query.set("q", view.q);
  if (view.after) query.set("after", view.after);
  if (view.before) query.set("before", view.before);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
