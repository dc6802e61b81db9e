import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { formatCount, formatDuration, formatUsd } from "@/components/format/numbers";
import { Time } from "@/components/format/time";
import { KeyValueList } from "@/components/page/key-value-list";
import { PageHeader } from "@/components/page/page-header";
import { RefreshWhile } from "@/components/page/refresh-while";
import { Section } from "@/components/page/section";
import { StatusBadge } from "@/components/page/status-badge";
import { JsonView } from "@/components/runs/json-view";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { requireOperator } from "@/lib/auth/operator";
import { loadAgentRun } from "@/lib/runs/agent-runs";

export const metadata: Metadata = { title: "Agent run" };

const schemaErrors = z.array(z.string()).catch([]);
const linkClass =
  "text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center";

export default async function AgentRunPage({ params }: { params: Promise<{ id: string }> }) {
  const { db } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  const loaded = id.success ? await loadAgentRun(db, id.data) : null;
  if (!loaded) notFound();
  const { run, learnings } = loaded;
  const errors = schemaErrors.parse(run.schema_errors);
  return (
    <>
      <PageHeader
        title={run.purpose}
        above={
          <Link
            href="/runs/agents"
            className="text-primary underline-offset-4 hover:underline touch:leading-11"
          >
            Agent runs
          </Link>
        }
        aside={<StatusBadge of="run" status={run.status} />}
      />
      <RefreshWhile moving={run.status === "running"} />
      {run.failure_message && (
        <Alert variant="danger" className="mb-6">
          <AlertTitle>No usable answer{run.failure_kind && ` (${run.failure_kind})`}</AlertTitle>
          <AlertDescription className="break-words">
            <p>{run.failure_message}</p>
            <p>Nothing was done with what it said; a person is asked instead.</p>
          </AlertDescription>
        </Alert>
      )}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 content-start gap-6">
          <Section title="What it answered" className="mb-0">
            {run.output === null ? (
              <p className="text-muted-foreground">Nothing that could be used.</p>
            ) : (
              <JsonView title="Answer" value={run.output} open />
            )}
          </Section>
          {errors.length > 0 && (
            <Section
              title="What was wrong with its first answer"
              description="It was told these, and asked once more."
              frame="card"
              className="mb-0"
            >
              <ul className="list-disc pl-5 break-words">
                {errors.map((error) => (
                  <li key={error}>{error}</li>
                ))}
              </ul>
            </Section>
          )}
          <Section title={sayLearnings(learnings.length)} className="mb-0">
            {learnings.length > 0 ? (
              <ul className="overflow-hidden rounded-lg border bg-card">
                {learnings.map(({ feedback_id, line }) => (
                  <li key={feedback_id} className="border-b px-4 py-2 break-words last:border-0">
                    {line.replace(/^- /, "")}
                  </li>
                ))}
              </ul>
            ) : (
              <p className="text-muted-foreground">
                None fitted. Learnings come from what people say at checkpoints and when they correct a reply.
              </p>
            )}
          </Section>
          <Section title="What it was asked" className="mb-0">
            <JsonView title="Prompt and input, as sent" value={run.prompt} />
          </Section>
        </div>
        <aside aria-label="About this agent run" className="min-w-0">
          <Section title="Run" frame="card" className="mb-0">
            <KeyValueList
              layout="stacked"
              items={[
                ...(run.search_id
                  ? [
                      {
                        key: "Search",
                        value: (
                          <Link href={`/searches/${run.search_id}`} className={linkClass}>
                            {run.searches?.name ?? "The search"}
                          </Link>
                        ),
                      },
                    ]
                  : []),
                ...(run.email_id
                  ? [
                      {
                        key: "Reply",
                        value: (
                          <Link href={`/replies/${run.email_id}?tab=all`} className={linkClass}>
                            The mail it read
                          </Link>
                        ),
                      },
                    ]
                  : []),
                { key: "Agent", value: run.agent },
                { key: "Definition", value: <code className="text-xs">{run.agent_version}</code> },
                { key: "Model", value: run.model },
                { key: "Attempts", value: formatCount(run.attempts) },
                { key: "Took", value: formatDuration(run.duration_ms) },
                {
                  key: "Tokens",
                  value: `${formatCount(run.input_tokens)} in, ${formatCount(run.output_tokens)} out`,
                },
                {
                  key: "Cost",
                  value: formatUsd(run.cost_microusd === null ? null : run.cost_microusd / 1e6),
                },
                { key: "Started", value: <Time iso={run.started_at} show="both" /> },
              ]}
            />
          </Section>
        </aside>
      </div>
    </>
  );
}

function sayLearnings(count: number): string {
  if (count === 0) return "No learnings in its prompt";
  return count === 1 ? "1 learning in its prompt" : `${count} learnings in its prompt`;
}
