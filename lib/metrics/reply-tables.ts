import { ask } from "./ask";
import { scoreCategories } from "./judge-categories";
import { column, type MetricsTable, shareOf } from "./table";
import { viewHref, weekOf } from "./view";

export const replyTables = {
  categories: {
    title: "Precision and recall by category",
    columns: [
      column("category", "Category", "category"),
      column("predicted", "Classifier said so"),
      column("actual", "People said so"),
      column("right", "Both"),
      column("precision", "Precision", "share"),
      column("recall", "Recall", "share"),
    ],
    load: async (db, view) =>
      scoreCategories(await ask.confusion(db, view)).map(({ category, ...score }) => {
        const rows = (change: Record<string, string>) =>
          viewHref("/metrics/rows", view, { of: "judged", ...change });
        return {
          id: category,
          cells: { category, ...score },
          links: {
            predicted: score.predicted > 0 ? rows({ predicted: category }) : undefined,
            actual: score.actual > 0 ? rows({ correct: category }) : undefined,
            ...(score.right > 0
              ? Object.fromEntries(
                  ["right", "precision", "recall"].map((key) => [
                    key,
                    rows({ predicted: category, correct: category }),
                  ]),
                )
              : {}),
          },
        };
      }),
  },
  confusion: {
    title: "Classifier against people",
    columns: [
      column("predicted", "Classifier said", "category"),
      column("correct", "People said", "category"),
      column("mails", "Mails"),
    ],
    load: async (db, view) =>
      (await ask.confusion(db, view)).map((row) => ({
        id: `${row.predicted}/${row.correct}`,
        cells: row,
        links: {
          mails: viewHref("/metrics/rows", view, {
            of: "judged",
            predicted: row.predicted,
            correct: row.correct,
          }),
        },
      })),
  },
  calibration: {
    title: "Confidence against being right",
    columns: [
      column("range", "Confidence", "text"),
      column("mails", "Judged mails"),
      column("confidence", "Mean confidence", "share"),
      column("right", "Were right", "share"),
    ],
    load: async (db, view) =>
      (await ask.calibration(db, view)).map(({ bin, mails, correct, confidence }) => ({
        id: String(bin),
        cells: { range: `${bin * 10}–${bin * 10 + 10}%`, mails, confidence, right: shareOf(correct, mails) },
        links: Object.fromEntries(
          ["mails", "confidence", "right"].map((key) => [
            key,
            viewHref("/metrics/rows", view, { of: "judged", bin }),
          ]),
        ),
      })),
  },
  replies: {
    title: "Response times by category",
    columns: [
      column("category", "Category", "category"),
      column("mails", "Mails"),
      column("byAgent", "Read by the agent"),
      column("routed", "Routed"),
      column("routedP50", "Routed: half within", "ms"),
      column("routedP95", "Routed: 95% within", "ms"),
      column("answered", "Answered"),
      column("answeredP50", "Answered: half within", "ms"),
      column("answeredP95", "Answered: 95% within", "ms"),
    ],
    load: async (db, view) =>
      (await ask.replies(db, view)).map((row) => {
        const rows = (of: string, by?: string) =>
          viewHref("/metrics/rows", view, { of, category: row.category ?? undefined, by });
        const routed = row.routed > 0 ? rows("routed") : undefined;
        const answered = row.answered > 0 ? rows("answered") : undefined;
        return {
          id: row.category ?? "all",
          cells: {
            category: row.category ?? "all",
            mails: row.mails,
            byAgent: row.by_agent,
            routed: row.routed,
            routedP50: row.routed_p50_ms,
            routedP95: row.routed_p95_ms,
            answered: row.answered,
            answeredP50: row.answered_p50_ms,
            answeredP95: row.answered_p95_ms,
          },
          links: {
            mails: row.mails > 0 ? rows("mails") : undefined,
            byAgent: row.by_agent > 0 ? rows("mails", "agent") : undefined,
            ...{ routed, routedP50: routed, routedP95: routed },
            ...{ answered, answeredP50: answered, answeredP95: answered },
          },
        };
      }),
  },
  "reply-weeks": {
    title: "Response times by week",
    columns: [
      column("week", "Week of", "day"),
      column("mails", "Mails"),
      column("routedP50", "Routed: half within", "ms"),
      column("answered", "Answered"),
      column("answeredP50", "Answered: half within", "ms"),
    ],
    load: async (db, view) =>
      (await ask.replyWeeks(db, view)).map((row) => {
        const rows = (of: string) => viewHref("/metrics/rows", view, { of, ...weekOf(row.week, view) });
        const answered = row.answered > 0 ? rows("answered") : undefined;
        return {
          id: row.week,
          cells: {
            week: row.week,
            mails: row.mails,
            routedP50: row.routed_p50_ms,
            answered: row.answered,
            answeredP50: row.answered_p50_ms,
          },
          links: { mails: rows("mails"), routedP50: rows("routed"), answered, answeredP50: answered },
        };
      }),
  },
} satisfies Record<string, MetricsTable>;
