import type { RowKind, RowsQuery } from "@/lib/metrics/rows-query";
import { type MetricsView, saySpan } from "@/lib/metrics/view";
import { sayCategory, sayCheckpoint } from "./say-cell";
import { STAGE_WORDS } from "./stage-words";

const TITLES: Record<RowKind, string> = {
  properties: "Properties found",
  contacts: "Contacts found",
  enrolled: "Contacts enrolled",
  sent: "Contacts mailed",
  delivered: "Contacts reached",
  replied: "Contacts who replied",
  interested: "Contacts who are interested",
  priced: "Contacts who gave a price",
  "mails-sent": "Mails sent",
  bounced: "Mails that bounced",
  complained: "Mails that drew a complaint",
  mails: "Mails that came in",
  answered: "Mails a person answered",
  judged: "Mails people judged",
  runs: "Agent runs",
  decisions: "Proposals decided",
};

const isStage = (kind: RowKind): kind is keyof typeof STAGE_WORDS & RowKind =>
  Object.hasOwn(STAGE_WORDS, kind);

/** What a list of rows is called, and in one sentence what is in it. */
export function sayRows(query: RowsQuery, view: MetricsView): { title: string; description: string } {
  const { category, predicted, correct, checkpoint, mode, status, version, domain, bin } = query;
  const narrowed = [
    category && sayCategory(category),
    predicted && `the classifier said ${sayCategory(predicted)}`,
    correct && `people said ${sayCategory(correct)}`,
    bin !== undefined && `${bin * 10} to ${bin * 10 + 10}% sure`,
    checkpoint && sayCheckpoint(checkpoint),
    mode && `in ${mode}`,
    status?.replaceAll("_", " "),
    view.agent,
    version && `definition ${version}`,
    domain && `to ${domain}`,
    query.mailbox && "from one mailbox",
    view.search && "of one search",
    view.market && `in ${view.market}`,
  ].filter((part) => typeof part === "string" && part !== "");
  const what = isStage(query.of) ? ` ${STAGE_WORDS[query.of].counts}; found in` : "";
  const description = `The rows behind the number:${what} ${saySpan(view)}${narrowed.length > 0 ? `, ${narrowed.join(", ")}` : ""}. Newest first.`;
  return { title: TITLES[query.of], description };
}
