import { BotIcon } from "lucide-react";
import type { Metadata } from "next";
import { DevServerLink } from "@/components/runs/dev-server-link";
import { EngineDown } from "@/components/runs/engine-down";
import { PickFilter } from "@/components/runs/pick-filter";
import { RunList } from "@/components/runs/run-list";
import { RUN_STATUS_WORDS } from "@/components/runs/run-status";
import { RunTabs } from "@/components/runs/run-tabs";
import { pageHref } from "@/components/settings/page-href";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/shell/page-header";
import { RefreshWhile } from "@/components/shell/refresh-while";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { listRuns } from "@/lib/runs/engine-api";
import { EngineError } from "@/lib/runs/engine-error";
import { readDevServerHref } from "@/lib/runs/engine-kind";
import { RUN_STATUSES } from "@/lib/runs/run-shape";
import { functionsOf, type RunView, runViewSchema } from "@/lib/runs/run-views";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Runs" };

const PAGE = 40;

export default async function RunsPage({ searchParams }: { searchParams: PageQuery }) {
  await requireOperator();
  const view = await readQuery(searchParams, runViewSchema);
  const answer = await listRuns({
    ...(view.status ? { status: view.status } : {}),
    ...(view.cursor ? { cursor: view.cursor } : {}),
    functionIds: functionsOf(view.tab),
    limit: PAGE,
  }).catch((error: unknown) => {
    if (error instanceof EngineError) return error;
    throw error;
  });
  const devServerHref = await readDevServerHref();
  const statusHref = (status?: string) =>
    hrefOf({ ...view, status: undefined, cursor: undefined }, { status });
  return (
    <>
      <PageHeader
        title="Runs"
        description="What the engine did and is doing, step by step. A run that waits for you is no failure; one that failed can be replayed."
        actions={devServerHref && <DevServerLink href={devServerHref} />}
      />
      <RunTabs active={view.tab} status={view.status} />
      {answer instanceof EngineError ? (
        <EngineDown kind={answer.kind} message={answer.message} />
      ) : (
        <>
          <div className="mb-4">
            <PickFilter
              label="Status"
              current={statusHref(view.status)}
              options={[
                { href: statusHref(), label: "Any" },
                ...RUN_STATUSES.map((status) => ({
                  href: statusHref(status),
                  label: RUN_STATUS_WORDS[status],
                })),
              ]}
            />
          </div>
          <RefreshWhile moving={!view.cursor} everyMs={5000} />
          {answer.runs.length > 0 ? (
            <>
              <ListKeys />
              <RunList runs={answer.runs} />
            </>
          ) : (
            <EmptyState
              icon={BotIcon}
              title={view.status ? `No run is ${view.status} here` : "No runs here yet"}
            >
              {view.status
                ? "Choose another status or another tab."
                : "A run starts when a search is created, when mail is due, and when a reply arrives."}
            </EmptyState>
          )}
          <PaginationByKey
            label="Pages of runs"
            previousHref={view.cursor ? hrefOf({ ...view, cursor: undefined }) : null}
            nextHref={answer.nextCursor && hrefOf(view, { cursor: answer.nextCursor })}
          >
            {view.cursor && "“Previous” leads back to the newest runs."}
          </PaginationByKey>
        </>
      )}
    </>
  );
}

function hrefOf(view: RunView, change: { status?: string | undefined; cursor?: string } = {}): string {
  return pageHref("/runs", {
    tab: view.tab === "work" ? "" : view.tab,
    status: change.status ?? view.status,
    cursor: change.cursor ?? view.cursor,
  });
}
