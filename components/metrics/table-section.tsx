import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import type { Column, TableRow } from "@/lib/metrics/table";
import type { MetricsView } from "@/lib/metrics/view";
import { ExportLink } from "./export-link";
import { MetricTable } from "./metric-table";

/** A table of the Metrics pages, loaded and named. */
export interface LoadedTable {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

type TableSectionProps = { table: LoadedTable; view: MetricsView; description?: ReactNode; empty: string };

/** A table with its title, what it says, and its export. */
export function TableSection({ table, view, description, empty }: TableSectionProps) {
  return (
    <Section
      title={table.title}
      description={description}
      frame="flush"
      actions={<ExportLink table={table.name} title={table.title} view={view} />}
    >
      <MetricTable columns={table.columns} rows={table.rows} empty={empty} />
    </Section>
  );
}
