import type { Metadata } from "next";
import Link from "next/link";
import { LinesFigure } from "@/components/metrics/lines-figure";
import { pivot } from "@/components/metrics/pivot";
import { sayCell, sayCheckpoint, sayDay } from "@/components/metrics/say-cell";
import { TableFigure } from "@/components/metrics/table-figure";
import { TableSection } from "@/components/metrics/table-section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { formatCount, formatDuration } from "@/components/words/numbers";
import { loadTables } from "@/lib/metrics/load-tables";
import { loadView } from "@/lib/metrics/load-view";
import { metricsQuerySchema, viewHref } from "@/lib/metrics/view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { MetricsFrame } from "../metrics-frame";

export const metadata: Metadata = { title: "Checkpoint metrics" };

const HISTORY_SHOWN = 50;

export default async function CheckpointMetricsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await loadView(db, await readQuery(searchParams, metricsQuerySchema));
  const tables = await loadTables(db, view, ["checkpoints", "agreement", "mode-history"]);
  const history = tables["mode-history"];
  const weeks = pivot(tables.agreement.rows, "week", "checkpoint", "share", sayCheckpoint);
  return (
    <MetricsFrame
      db={db}
      path="/metrics/checkpoints"
      view={view}
      filters={["search", "agent", "market"]}
      description="What waits for people, how long they take, and how often they leave a proposal as it is."
    >
      <StatGrid>
        {tables.checkpoints.rows.map(({ id, cells, links }) => (
          <Stat
            key={id}
            label={`${sayCell(cells.checkpoint, "checkpoint")}, in ${sayCell(cells.mode, "mode").toLowerCase()}`}
            value={`${formatCount(Number(cells.waiting))} waiting`}
            hint={
              typeof cells.p50 === "number"
                ? `half decided within ${formatDuration(cells.p50)}`
                : "none decided by a person in this time"
            }
            href={links?.waiting ?? `/settings/checkpoints/${id}`}
          />
        ))}
      </StatGrid>
      <TableSection
        table={tables.checkpoints}
        view={view}
        description="From asking to deciding, nights and weekends included. What passed in auto is counted apart."
        empty="There is no checkpoint of this agent."
      />
      <div className="mb-8 grid gap-4">
        <TableFigure
          table={tables.agreement}
          view={view}
          unit="share of judged proposals left unchanged, by week"
          empty="Nothing was judged in this time. Decide what waits in the queue, or look back at what passed in auto."
          note="What a checkpoint must reach before it may go to auto is set under Settings, Trust; there the bound counts, which lies below the share."
        >
          <LinesFigure
            label="Agreement over time, by checkpoint"
            kind="share"
            points={weeks.points.map((point) => ({ ...point, label: sayDay(point.label) }))}
            series={weeks.series}
          />
        </TableFigure>
      </div>
      <TableSection
        table={{ ...history, rows: history.rows.slice(0, HISTORY_SHOWN) }}
        view={view}
        description={
          <>
            Who moved a checkpoint between plan and auto, and why. A checkpoint has one mode for every search
            and market.
            {history.rows.length > HISTORY_SHOWN && (
              <>
                {" "}
                The newest {HISTORY_SHOWN} of {formatCount(history.rows.length)};{" "}
                <Link
                  href={viewHref("/metrics/rows", view, { of: "mode-changes" })}
                  className="text-primary underline underline-offset-4"
                >
                  all of them
                </Link>
                . The export holds them all.
              </>
            )}
          </>
        }
        empty="No mode changed in this time. Every change, also the system's own, stands here with its reason."
      />
    </MetricsFrame>
  );
}
