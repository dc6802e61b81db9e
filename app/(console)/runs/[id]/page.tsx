import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DevServerLink } from "@/components/runs/dev-server-link";
import { EngineDown } from "@/components/runs/engine-down";
import { errorMessage } from "@/components/runs/error-message";
import { JsonView } from "@/components/runs/json-view";
import { ReplayFromStep } from "@/components/runs/replay-from-step";
import { RunActions } from "@/components/runs/run-actions";
import { RunStatusBadge } from "@/components/runs/run-status";
import { RunTimeline } from "@/components/runs/run-timeline";
import { KeyValueList } from "@/components/shell/key-value-list";
import { PageHeader } from "@/components/shell/page-header";
import { RefreshWhile } from "@/components/shell/refresh-while";
import { Section } from "@/components/shell/section";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDuration } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import { EngineError } from "@/lib/runs/engine-error";
import { readDevServerHref } from "@/lib/runs/engine-kind";
import { FUNCTIONS, titleOf } from "@/lib/runs/functions";
import { loadRun } from "@/lib/runs/load-run";
import { requireOperator } from "@/lib/server/operator";
import { cancel, replay } from "../actions";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator();
  const { id } = await params;
  const loaded = await loadRun(id).catch((error: unknown) => {
    if (error instanceof EngineError) return error;
    throw error;
  });
  if (loaded instanceof EngineError) {
    if (loaded.kind === "not_found") notFound();
    return (
      <>
        <PageHeader title="Run" above={<BackToRuns />} />
        <EngineDown kind={loaded.kind} message={loaded.message} />
      </>
    );
  }
  const { run, steps, eventData, subject } = loaded;
  const devServerHref = await readDevServerHref(run.id);
  const title = titleOf(run.functionId);
  const replaySafety = FUNCTIONS[run.functionId]?.replaySafety ?? null;
  const open = run.status === "running" || run.status === "queued";
  const failure =
    run.status === "failed" ? (errorMessage(run.output) ?? run.reason) : open ? run.reason : null;
  return (
    <>
      <PageHeader
        title={title}
        above={<BackToRuns />}
        aside={<RunStatusBadge status={run.status} />}
        description={FUNCTIONS[run.functionId]?.does}
        actions={
          <>
            {devServerHref && <DevServerLink href={devServerHref} />}
            <RunActions
              id={run.id}
              title={title}
              running={open}
              replaySafety={replaySafety}
              onReplay={replay}
              onCancel={cancel}
            />
          </>
        }
      />
      <RefreshWhile moving={open} everyMs={3000} />
      {failure && (
        <Alert variant={open ? "attention" : "danger"} className="mb-6">
          <AlertTitle>{open ? "It is not getting on" : "It failed"}</AlertTitle>
          <AlertDescription className="break-words">{failure}</AlertDescription>
        </Alert>
      )}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Section title={steps.length === 1 ? "1 step" : `${steps.length} steps`} className="mb-0">
          {steps.length > 0 ? (
            <RunTimeline
              steps={steps}
              actionsOf={(step) => (
                <ReplayFromStep
                  id={run.id}
                  title={title}
                  step={{ id: step.id, name: step.name }}
                  replaySafety={replaySafety}
                  onReplay={replay}
                />
              )}
            />
          ) : (
            <EmptyState title="No step has begun yet">
              It is queued, or it ended before its first step.
            </EmptyState>
          )}
        </Section>
        <aside aria-label="About this run" className="grid min-w-0 content-start gap-6">
          <Section title="Run" frame="card" className="mb-0">
            <KeyValueList
              layout="stacked"
              items={[
                ...(subject
                  ? [
                      {
                        key: "About",
                        value: (
                          <Link
                            href={subject.href}
                            className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
                          >
                            {subject.label}
                          </Link>
                        ),
                      },
                    ]
                  : []),
                {
                  key: "Started by",
                  value: run.cron ? `the clock (${run.cron})` : (run.eventName ?? "an event"),
                },
                ...(run.rerunOf
                  ? [
                      {
                        key: "Replay of",
                        value: (
                          <Link
                            href={`/runs/${run.rerunOf}`}
                            className="text-primary underline-offset-4 hover:underline"
                          >
                            an earlier run
                          </Link>
                        ),
                      },
                    ]
                  : []),
                { key: "Queued", value: <Time iso={run.queuedAt} show="both" /> },
                { key: "Ended", value: <Time iso={run.endedAt} show="both" /> },
                {
                  key: "Took",
                  value:
                    run.startedAt && run.endedAt
                      ? formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt))
                      : "still open",
                },
                { key: "Id", value: <code className="text-xs break-all">{run.id}</code> },
              ]}
            />
          </Section>
          <div className="grid gap-2">
            <JsonView title="Event data" value={eventData} />
            <JsonView title="Output" value={run.output} open={!open} />
          </div>
        </aside>
      </div>
    </>
  );
}

function BackToRuns() {
  return (
    <Link href="/runs" className="text-primary underline-offset-4 hover:underline touch:leading-11">
      Runs
    </Link>
  );
}
