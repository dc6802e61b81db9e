import { DownloadIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { type MetricsView, viewHref } from "@/lib/metrics/view";

/** The same table as a file. A plain link: the browser saves what comes. */
export function ExportLink({ table, title, view }: { table: string; title: string; view: MetricsView }) {
  return (
    <Button asChild variant="outline" size="sm">
      <a href={viewHref("/api/metrics/export", view, { table })} download aria-label={`Export CSV: ${title}`}>
        <DownloadIcon aria-hidden="true" /> Export CSV
      </a>
    </Button>
  );
}
