import type { ReactNode } from "react";
import { Figure } from "@/components/shell/figure";
import type { MetricsView } from "@/lib/metrics/view";
import { ExportLink } from "./export-link";
import { MetricTable } from "./metric-table";
import type { LoadedTable } from "./table-section";

type TableFigureProps = {
  table: LoadedTable;
  view: MetricsView;
  unit: string;
  note?: ReactNode;
  /** What stands instead of the picture where there is nothing to draw. */
  empty: string;
  children: ReactNode;
};

/** A picture with the table it was drawn from behind it, and that table's export. */
export function TableFigure({ table, view, unit, note, empty, children }: TableFigureProps) {
  return (
    <Figure
      title={table.title}
      unit={unit}
      note={note}
      table={
        <>
          <MetricTable columns={table.columns} rows={table.rows} empty={empty} />
          <div className="border-t px-4 py-2">
            <ExportLink table={table.name} title={table.title} view={view} />
          </div>
        </>
      }
    >
      {table.rows.length > 0 ? (
        children
      ) : (
        <p className="py-8 text-center text-balance text-muted-foreground">{empty}</p>
      )}
    </Figure>
  );
}
