import { FilterTabs } from "@/components/shell/filter-tabs";
import { type MetricsView, viewHref } from "@/lib/metrics/view";

const PAGES = [
  ["/metrics", "Funnel"],
  ["/metrics/agents", "Agents"],
  ["/metrics/replies", "Replies"],
  ["/metrics/checkpoints", "Checkpoints"],
  ["/metrics/sending", "Sending"],
] as const;
export type MetricsPath = (typeof PAGES)[number][0];

/** The pages of Metrics; time and filters stay when going from one to the next. */
export function MetricsTabs({ active, view }: { active: MetricsPath | null; view: MetricsView }) {
  return (
    <FilterTabs
      label="Metrics pages"
      tabs={PAGES.map(([path, label]) => ({ label, href: viewHref(path, view), active: path === active }))}
    />
  );
}
