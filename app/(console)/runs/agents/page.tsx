import { BotIcon } from "lucide-react";
import type { Metadata } from "next";
import { AgentRunList } from "@/components/runs/agent-run-list";
import { PickFilter } from "@/components/runs/pick-filter";
import { RunTabs } from "@/components/runs/run-tabs";
import { pageHref } from "@/components/settings/page-href";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { readStatus } from "@/components/words/status-words";
import {
  AGENT_NAMES,
  AGENT_RUN_KINDS,
  AGENT_STATUSES,
  agentViewSchema,
  listAgentRuns,
} from "@/lib/runs/agent-runs";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Agent runs" };

const PATH = "/runs/agents";

const KIND_WORDS = { live: "Live", shadow: "Shadow", test: "Test" } as const;

export default async function AgentRunsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await readQuery(searchParams, agentViewSchema);
  const page = await listAgentRuns(db, view);
  const { agent, status } = view;
  const kind = view.kind === "live" ? undefined : view.kind;
  const agentHref = (name?: string) => pageHref(PATH, { agent: name, status, kind });
  const statusHref = (name?: string) => pageHref(PATH, { agent, status: name, kind });
  const kindHref = (name: string) =>
    pageHref(PATH, { agent, status, kind: name === "live" ? undefined : name });
  return (
    <>
      <PageHeader
        title="Agent runs"
        description="Every time an agent was asked something: its prompt, the learnings in it, what it answered and what that cost."
      />
      <RunTabs active="agents" />
      <div className="mb-4 flex flex-wrap gap-3">
        <PickFilter
          label="Agent"
          current={agentHref(agent)}
          options={[
            { href: agentHref(), label: "Any" },
            ...AGENT_NAMES.map((name) => ({ href: agentHref(name), label: name })),
          ]}
        />
        <PickFilter
          label="Kind"
          current={kindHref(view.kind)}
          options={AGENT_RUN_KINDS.map((name) => ({ href: kindHref(name), label: KIND_WORDS[name] }))}
        />
        <PickFilter
          label="Status"
          current={statusHref(status)}
          options={[
            { href: statusHref(), label: "Any" },
            ...AGENT_STATUSES.map((name) => ({
              href: statusHref(name),
              label: readStatus("run", name).text,
            })),
          ]}
        />
      </div>
      {page.rows.length > 0 ? (
        <>
          <ListKeys />
          <AgentRunList runs={page.rows} />
        </>
      ) : (
        <EmptyState
          icon={BotIcon}
          title={agent || status || kind ? "No agent run is like that" : "No agent has run yet"}
        >
          {agent || status || kind
            ? "Choose another agent, kind or status."
            : "The sourcing agent runs when a search is created, the classifier when a reply needs reading."}
        </EmptyState>
      )}
      <PaginationByKey
        label="Pages of agent runs"
        previousHref={page.previous && pageHref(PATH, { agent, status, kind, before: page.previous })}
        nextHref={page.next && pageHref(PATH, { agent, status, kind, after: page.next })}
      />
    </>
  );
}
