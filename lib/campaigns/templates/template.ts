import { MERGE_TAGS, suggestTag, type Tags } from "./tags";

const TAG = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g;

export interface TemplateProblem {
  readonly message: string;
  readonly tag: string;
}

/**
 * Finds what would go wrong with a template before it is saved: unknown tags (with a suggestion) and stray braces.
 * Tags are written `{{first_name}}` or, with a fallback for a blank value, `{{first_name|there}}`.
 * @param tags what may be used; a mail of a sequence unless said otherwise.
 */
export function checkTemplate(template: string, tags: Tags = MERGE_TAGS): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  for (const [, name = ""] of template.matchAll(TAG)) {
    if (Object.hasOwn(tags, name)) continue;
    const suggestion = suggestTag(name, tags);
    const hint = suggestion ? ` Did you mean {{${suggestion}}}?` : "";
    problems.push({ tag: name, message: `{{${name}}} is not a merge tag.${hint}` });
  }
  if (/\{\{|\}\}/.test(template.replace(TAG, "")))
    problems.push({ tag: "", message: "A {{ or }} stands alone; write tags as {{first_name}}." });
  return problems;
}

export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly blank: readonly string[] };

/**
 * Fills a template. A tag with neither value nor fallback, or an unknown one, blocks the whole text: a mail with a hole
 * in it must never leave.
 */
export function renderTemplate(
  template: string,
  values: Readonly<Partial<Record<string, string>>>,
): Rendered {
  const blank = new Set<string>();
  const text = template.replace(TAG, (_, name: string, fallback?: string) => {
    const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined;
    const chosen = value || fallback?.trim();
    if (!chosen) blank.add(name);
    return chosen ?? "";
  });
  if (/\{\{|\}\}/.test(text)) blank.add("{{");
  return blank.size > 0 ? { ok: false, blank: [...blank] } : { ok: true, text };
}
