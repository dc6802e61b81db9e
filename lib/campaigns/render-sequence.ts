import type { SequenceTemplate } from "@/lib/campaigns/templates/default-sequence";
import type { MergeValues } from "@/lib/campaigns/templates/tags";
import { renderTemplate } from "@/lib/campaigns/templates/template";

export interface RenderedMail {
  readonly step: number;
  readonly subject: string;
  readonly body: string;
}

export type RenderedSequence =
  | { readonly ok: true; readonly mails: readonly RenderedMail[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Renders every mail of a sequence for one contact. One blank tag blocks the whole sequence, and says which.
 * A follow-up leaves as a reply in the thread, so its subject is the first mail's with "RE: " before it.
 */
export function renderSequence(
  templates: readonly SequenceTemplate[],
  values: MergeValues,
): RenderedSequence {
  const mails: RenderedMail[] = [];
  for (const template of templates) {
    const subject = renderTemplate(template.subject, values);
    const body = renderTemplate(template.body, values);
    for (const part of [subject, body]) {
      if (!part.ok)
        return {
          ok: false,
          reason: `mail ${template.step}: ${part.blank.map((tag) => `{{${tag}}}`).join(", ")} is blank`,
        };
    }
    if (!subject.ok || !body.ok) continue;
    const thread = mails[0]?.subject;
    mails.push({
      step: template.step,
      subject: thread ? `RE: ${thread}` : subject.text.replace(/\s+/g, " ").trim(),
      body: body.text,
    });
  }
  return { ok: true, mails };
}
