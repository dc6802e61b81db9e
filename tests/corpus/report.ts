import type { Counts } from "./measure";
import type { OwnerCounts } from "./measure-owners";

/** One object per corpus and half; ratios are null where the corpus has no such mail. */
export function toReport(corpus: string, half: "all" | "tuned" | "held_out", counts: Counts) {
  return {
    corpus,
    half,
    mails: counts.mails,
    bounces: counts.bounces,
    bounce_recall: ratio(counts.bouncesFound, counts.bounces),
    false_positives: counts.falsePositives,
    recipient_exact: ratio(counts.recipientsExact, counts.recipients),
    hard_soft_decided: ratio(counts.hardSoftDecided, counts.hardSoft),
    hard_soft_right: ratio(counts.hardSoftRight, counts.hardSoftDecided),
    autoreplies: counts.autoReplies,
    autoreply_recall: ratio(counts.autoRepliesFound, counts.autoReplies),
    autoreply_false: counts.autoRepliesFalse,
    complaints: counts.complaints,
    complaint_recall: ratio(counts.complaintsFound, counts.complaints),
    opt_outs: counts.optOuts,
    opt_out_recall: ratio(counts.optOutsFound, counts.optOuts),
    opt_out_false: counts.optOutsFalse,
    reply_texts: counts.replyText,
    reply_exact: ratio(counts.replyTextExact, counts.replyText),
    reply_html: counts.replyHtml,
    reply_html_exact: ratio(counts.replyHtmlExact, counts.replyHtml),
    reply_partial: ratio(counts.replyPartialRight, counts.replyPartial),
  };
}

export type CorpusReport = ReturnType<typeof toReport>;

/** The figures of owners' mails: first the counts that must be 0, then shares. */
export function toOwnerReport(corpus: string, counts: OwnerCounts) {
  const share = ({ right, of }: { right: number; of: number }) => ratio(right, of);
  return {
    corpus,
    half: "all" as const,
    mails: counts.mails,
    opt_out_false: counts.optOutFalse,
    to_person_missed: counts.toPersonMissed,
    asking_wrong: counts.askingWrong,
    date_wrong: counts.dateWrong,
    phone_wrong: counts.phoneWrong,
    opt_out_certain_recall: share(counts.optOutCertain),
    opt_out_right: share(counts.optOut),
    to_person_right: share(counts.toPerson),
    own_words_exact: share(counts.ownWords),
    asking_exact: share(counts.asking),
    cap_rate_exact: share(counts.capRate),
    date_exact: share(counts.date),
    kind_right: share(counts.kind),
    phone_exact: share(counts.phone),
    names_right: share(counts.names),
  };
}

export type OwnerReport = ReturnType<typeof toOwnerReport>;

/** One figure a line, a column for each corpus. */
export function toOwnerTable(reports: readonly OwnerReport[]): string {
  const names = Object.keys(reports[0] ?? {}) as (keyof OwnerReport)[];
  return names
    .filter((name) => name !== "half")
    .map(
      (name) => `${name.replaceAll("_", " ").padEnd(24)}${reports.map((one) => one[name] ?? "-").join("  ")}`,
    )
    .join("\n");
}

/** A table a person reads: percentages, a dash where there is nothing to measure. */
export function toTable(reports: CorpusReport[]): string {
  const columns: (keyof CorpusReport)[] = [
    "corpus",
    "half",
    "mails",
    "bounce_recall",
    "false_positives",
    "recipient_exact",
    "hard_soft_decided",
    "hard_soft_right",
    "autoreply_recall",
    "autoreply_false",
    "complaint_recall",
    "opt_out_false",
    "reply_exact",
    "reply_html_exact",
    "reply_partial",
  ];
  const isRatio = (name: string) => /recall|exact|decided|right|partial/.test(name);
  const cell = (name: keyof CorpusReport, report: CorpusReport) => {
    const value = report[name];
    if (value === null) return "-";
    return isRatio(name) && typeof value === "number" ? `${(value * 100).toFixed(1)} %` : String(value);
  };
  const rows = [
    columns.map((name) => name.replaceAll("_", " ")),
    ...reports.map((one) => columns.map((name) => cell(name, one))),
  ];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
