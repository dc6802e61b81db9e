import { ask } from "./ask";
import { STAGES, stagesOf } from "./funnel";
import { column, type MetricsTable } from "./table";
import { NO_MARKET, viewHref } from "./view";

const STAGE_COLUMNS = [
  column("properties", "Properties"),
  column("contacts", "Contacts"),
  column("enrolled", "Enrolled"),
  column("sent", "Sent"),
  column("delivered", "Delivered"),
  column("replied", "Replied"),
  column("interested", "Interested"),
  column("priced", "Priced"),
];

const funnelBy = (by: "search" | "market", title: string, label: string): MetricsTable => ({
  title,
  columns: [column("name", label, "text"), ...STAGE_COLUMNS],
  load: async (db, view) =>
    (await ask.funnel(db, view, by)).map((row) => {
      const narrowed = by === "search" ? { search: row.key } : { market: row.key || NO_MARKET };
      const rows = (of: string) => viewHref("/metrics/rows", view, { ...narrowed, of });
      return {
        id: row.key,
        cells: { ...row, name: row.name || "No market known" },
        links: {
          ...Object.fromEntries(STAGES.map((stage) => [stage, row[stage] > 0 ? rows(stage) : undefined])),
          name: by === "search" ? `/searches/${row.key}` : undefined,
        },
      };
    }),
});

export const funnelTables = {
  funnel: {
    title: "From property to price",
    columns: [
      column("stage", "Stage", "stage"),
      column("count", "Count"),
      column("ofPrevious", "Of the stage before", "share"),
    ],
    load: async (db, view) => {
      const [all] = await ask.funnel(db, view, "all");
      return stagesOf(all).map(({ stage, count, ofPrevious }) => ({
        id: stage,
        cells: { stage, count, ofPrevious },
        links:
          count > 0
            ? Object.fromEntries(
                ["count", "ofPrevious"].map((key) => [key, viewHref("/metrics/rows", view, { of: stage })]),
              )
            : {},
      }));
    },
  },
  "funnel-searches": funnelBy("search", "By search", "Search"),
  "funnel-markets": funnelBy("market", "By market", "Market"),
} satisfies Record<string, MetricsTable>;
