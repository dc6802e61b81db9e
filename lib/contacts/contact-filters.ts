import { z } from "zod";
import { startShape } from "@/lib/server/page-by-key";

/** How the list of contacts is filtered: each filter is a tab. */
export const CONTACT_FILTERS = [
  { key: "all", label: "All" },
  { key: "mailable", label: "Can be mailed" },
  { key: "do-not-contact", label: "Do not contact" },
  { key: "bounced", label: "Bounced" },
  { key: "no-email", label: "No e-mail" },
] as const;

export type ContactFilterKey = (typeof CONTACT_FILTERS)[number]["key"];

/** What stands in the address of the list. */
export const contactViewSchema = z.object({
  q: z.string().optional(),
  show: z.string().optional(),
  search: z.string().optional(),
  ...startShape,
});

/** The filter a page address asks for; anything unknown is all of them. */
export function readContactFilter(key: string | undefined): ContactFilterKey {
  return CONTACT_FILTERS.find((filter) => filter.key === key)?.key ?? "all";
}

/** Words to look for, as typed: at most 100 characters, blanks around them gone; null when there are none. */
export function readContactWords(typed: string | undefined): string | null {
  return typed?.trim().replace(/\s+/g, " ").slice(0, 100) || null;
}

/** The words as an `ilike` pattern that finds them anywhere; `%`, `_`, `*` and `\` in them are plain characters. */
export function toLikePattern(words: string): string {
  // PostgREST turns every * into %, with no way to escape it; the one-character wildcard finds it too.
  return `%${words.replace(/[\\%_]/g, "\\$&").replaceAll("*", "_")}%`;
}
