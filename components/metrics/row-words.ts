import type { RowKind, RowsQuery } from "@/lib/metrics/rows-query";
import { type MetricsView, NO_MARKET, saySpan } from "@/lib/metrics/view";
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
  routed: "Mails that were routed",
  answered: "Mails a person answered",
  judged: "Mails people judged",
  runs: "Agent runs",
  decisions: "Proposals decided",
  waiting: "Proposals that wait",
  trust: "What people judged",
  "mode-changes": "Changes of mode",
  learnings: "Learnings",
  used: "What takes places under the limits",
};

const STATES: Readonly<Record<NonNullable<RowsQuery["state"]>, string>> = {
  in_use: "in use now",
  said: "said in it",
  measured: "measured in it",
  better: "measured in it, for the better",
  worse: "measured in it, for the worse",
};

function sayOutcome(outcome: NonNullable<RowsQuery["outcome"]>): string {
  return outcome === "unchanged" ? "left unchanged" : outcome.replaceAll("_", " ");
}

/** The time the rows are of: that of the view, unless the number had one of its own. */
function sayTime({ of, hour, hours, months, state }: RowsQuery, view: MetricsView): string {
  if (of === "used") return hours === 1 ? "the last 60 minutes" : `the last ${hours ?? 24} hours`;
  if (of === "waiting" || (of === "learnings" && (state ?? "in_use") === "in_use")) return "of now";
  if (hour !== undefined) return `the hour from ${hour.slice(0, 16).replace("T", " ")} UTC`;
  return months === undefined ? saySpan(view) : `the months ${months.replace("..", " to ")} (UTC)`;
}

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
    query.model,
    query.first && "right at the first try",
    query.by && "read by the agent",
    query.outcome && sayOutcome(query.outcome),
    query.state && query.state !== "in_use" && STATES[query.state],
    domain && `to ${domain}`,
    query.mailbox && "from one mailbox",
    view.search && "of one search",
    view.market && (view.market === NO_MARKET ? "with no market known" : `in ${view.market}`),
  ].filter((part) => typeof part === "string" && part !== "");
  const what = isStage(query.of) ? ` ${STAGE_WORDS[query.of].counts}; found in` : "";
  const description = `The rows behind the number:${what} ${sayTime(query, view)}${narrowed.length > 0 ? `, ${narrowed.join(", ")}` : ""}. Newest first.`;
  return { title: TITLES[query.of], description };
}
