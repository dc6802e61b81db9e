import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { GivenLearnings } from "@/components/agents/learnings/given-learnings";
import { JsonView } from "@/components/runs/json-view";
import { KeyValueList } from "@/components/shell/key-value-list";
import { PageHeader } from "@/components/shell/page-header";
import { RefreshWhile } from "@/components/shell/refresh-while";
import { Section } from "@/components/shell/section";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { formatCount, formatDuration, formatPercent, formatUsd } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { loadAgentRun } from "@/lib/runs/agent-runs";
import { requireOperator } from "@/lib/server/operator";

export const metadata: Metadata = { title: "Agent run" };

const schemaErrors = z.array(z.string()).catch([]);
const linkClass =
  "text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center";

export default async function AgentRunPage({ params }: { params: Promise<{ id: string }> }) {
  const { db } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  const loaded = id.success ? await loadAgentRun(db, id.data) : null;
  if (!loaded) notFound();
  const { run, learnings, isDefinitionKept } = loaded;
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
      {run.kind !== "live" && (
        <Alert variant="info" className="mb-6">
          <AlertTitle>
            {run.kind === "shadow" ? "A shadow of a live run" : "A test of a definition"}
          </AlertTitle>
          <AlertDescription>
            <p>Nothing acts on this answer, and it is in no count.</p>
            <p className="flex flex-wrap gap-x-4">
              <Link href={`/runs/agents/${run.shadow_of}`} className={linkClass}>
                The live run it looked at
              </Link>
              {run.shadow_id && (
                <Link href={`/settings/agents/shadows/${run.shadow_id}`} className={linkClass}>
                  The whole shadow
                </Link>
              )}
            </p>
          </AlertDescription>
        </Alert>
      )}
      {run.failure_message && (
        <Alert variant="danger" className="mb-6">
          <AlertTitle>No usable answer{run.failure_kind && ` (${run.failure_kind})`}</AlertTitle>
          <AlertDescription className="break-words">
            <p>{run.failure_message}</p>
            {run.kind === "live" && <p>Nothing was done with what it said; a person is asked instead.</p>}
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
              title={run.attempts > 1 ? "What was wrong with its answers" : "What was wrong with its answer"}
              description={run.attempts > 1 ? "It was told the first ones, and asked once more." : undefined}
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
              <GivenLearnings learnings={learnings} />
            ) : (
              <p className="text-muted-foreground">
                None fitted. Learnings come from what people say at checkpoints and when they correct a reply.
              </p>
            )}
          </Section>
          <Section title="What it was given" className="mb-0">
            <JsonView title="Input, as data" value={run.input} />
            <JsonView
              title={run.input === null ? "Prompt and input, as sent" : "Prompt, with the learnings"}
              value={run.prompt}
            />
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
                {
                  key: "Definition",
                  value: isDefinitionKept ? (
                    <Link href={`/settings/agents/${run.agent}/${run.agent_version}`} className={linkClass}>
                      <code className="text-xs">{run.agent_version}</code>
                    </Link>
                  ) : (
                    <code className="text-xs">{run.agent_version}</code>
                  ),
                },
                {
                  key: "Model",
                  value:
                    run.answered_model && run.answered_model !== run.model
                      ? `${run.answered_model}, asked for as ${run.model}`
                      : run.model,
                },
                ...(run.agreement_bps === null
                  ? []
                  : [
                      {
                        key: "Agreement",
                        value: `${formatPercent(run.agreement_bps / 10_000, 0)}: ${run.agreement_note ?? ""}`,
                      },
                    ]),
                ...(run.session_id
                  ? [{ key: "Session", value: <code className="text-xs break-all">{run.session_id}</code> }]
                  : []),
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
