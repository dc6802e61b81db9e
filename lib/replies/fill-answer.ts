import { renderTemplate } from "@/lib/campaigns/templates/template";
import type { AnswerValues } from "./answer-tags";

const TAG = /\{\{[^{}]*\}\}/g;

/**
 * A template filled with what is known. A tag with neither value nor fallback stays as it stands: the writer sees it, and the
 * answer does not leave before it is gone.
 */
export function fillAnswer(template: string, values: AnswerValues): string {
  return template.replace(TAG, (tag) => {
    const rendered = renderTemplate(tag, values);
    return rendered.ok ? rendered.text : tag;
  });
}

/** The tags that still stand in a text about to be sent, each once. */
export function listUnfilled(text: string): string[] {
  return [...new Set(text.match(TAG) ?? [])];
}

/** Why a text with these tags in it cannot leave; null when it can. */
export function sayUnfilled(text: string): string | null {
  const tags = listUnfilled(text);
  if (tags.length === 0) return null;
  return `Write something in place of ${tags.join(" and ")}: it is not known here.`;
}
