import type { ReactNode } from "react";
import { type MetricsPath, MetricsTabs } from "@/components/metrics/metrics-tabs";
import { type FilterName, ViewForm } from "@/components/metrics/view-form";
import { PageHeader } from "@/components/shell/page-header";
import { loadChoices } from "@/lib/metrics/load-view";
import type { MetricsView } from "@/lib/metrics/view";
import { AGENT_NAMES } from "@/lib/runs/agent-runs";
import type { Db } from "@/lib/server/client-options";

type MetricsFrameProps = {
  db: Db;
  path: MetricsPath;
  view: MetricsView;
  filters: readonly FilterName[];
  description: string;
  children: ReactNode;
};

/** What every Metrics page has around it: its tabs, the time, and the filters that mean something there. */
export async function MetricsFrame({ db, path, view, filters, description, children }: MetricsFrameProps) {
  const choices = await loadChoices(db, view.search);
  return (
    <>
      <PageHeader title="Metrics" description={description} />
      <MetricsTabs active={path} view={view} />
      <ViewForm path={path} view={view} choices={choices} agents={AGENT_NAMES} filters={filters} />
      {children}
    </>
  );
}
