import type { AnswerValues } from "./answer-tags";
import { fillAnswer } from "./fill-answer";

/** Words an answer can begin with. */
export interface AnswerStart {
  readonly key: string;
  readonly title: string;
  readonly body: string;
}

export interface AnswerStarts {
  readonly label: string;
  readonly starts: readonly AnswerStart[];
}

interface Template {
  readonly id: string;
  readonly name: string;
  readonly body: string;
  readonly category: string | null;
  readonly retired_at: string | null;
}

/** What an answer can begin with, what fits the mail first, filled with what is known; groups with nothing in them are left out. */
export function listAnswerStarts(
  templates: readonly Template[],
  values: AnswerValues,
  mail: { readonly category: string | null; readonly suggestedAnswer: string },
): AnswerStarts[] {
  const inUse = templates.filter((one) => one.retired_at === null);
  const fits = (one: Template) => one.category === null || one.category === mail.category;
  const fill = ({ id, name, body }: Template) => ({ key: id, title: name, body: fillAnswer(body, values) });
  const agents = mail.suggestedAnswer
    ? [{ key: "agent", title: "What the agent would answer", body: mail.suggestedAnswer }]
    : [];
  return [
    { label: "Fits this mail", starts: [...agents, ...inUse.filter(fits).map(fill)] },
    { label: "Other templates", starts: inUse.filter((one) => !fits(one)).map(fill) },
  ].filter(({ starts }) => starts.length > 0);
}
