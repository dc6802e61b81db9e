import type { Metadata } from "next";
import Link from "next/link";
import { KeyValueList } from "@/components/shell/key-value-list";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";
import { findDefinitionProblems } from "@/lib/agents/definition-text";
import { type ListedAgent, listAgents } from "@/lib/agents/list-agents";
import { env } from "@/lib/server/env";
import { requireOperator } from "@/lib/server/operator";

export const metadata: Metadata = { title: "Agents" };

export default async function AgentsPage() {
  const { db } = await requireOperator();
  const agents = await listAgents(db);
  const { AGENT_CONCURRENCY, AGENT_TIMEOUT_S, AGENT_BUDGET_USD, CLAUDE_MODEL } = env();
  return (
    <>
      <PageHeader
        title="Agents"
        description="What each agent is told to do. Change the words, test them on what it was asked before, let them run beside the live ones, then switch. Every version is kept."
      />
      <Section title="Definitions" frame="flush">
        <ul>
          {agents.map((agent) => (
            <AgentRow key={agent.live.agent} agent={agent} standardModel={CLAUDE_MODEL} />
          ))}
        </ul>
      </Section>
      <Section
        title="Limits of each run"
        description="Set in the environment; a change counts after the next start."
        frame="card"
      >
        <KeyValueList
          items={[
            { key: "At once", value: `${AGENT_CONCURRENCY} in each process; more wait their turn` },
            { key: "Time", value: `${AGENT_TIMEOUT_S} s, then the program is ended` },
            { key: "Cost", value: `at most $${AGENT_BUDGET_USD.toFixed(2)}, both attempts together` },
            { key: "Model", value: `${CLAUDE_MODEL}, where a definition names none` },
          ]}
        />
      </Section>
    </>
  );
}

function AgentRow({
  agent: { live, shadow, description, model },
  standardModel,
}: {
  agent: ListedAgent;
  standardModel: string;
}) {
  const isBroken = findDefinitionProblems(live.agent, live.source).length > 0;
  return (
    <li className="border-b last:border-0">
      <Link
        href={`/settings/agents/${live.agent}`}
        className="grid min-h-11 gap-1 px-4 py-3 -outline-offset-2 hover:bg-muted/60"
      >
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{live.agent}</span>
          {isBroken && <Badge variant="danger">Cannot be used</Badge>}
          {live.file.changed && <Badge variant="attention">File changed on disk</Badge>}
          {shadow && <Badge variant="info">A shadow runs beside it</Badge>}
        </span>
        <span>{description}</span>
        <span className="text-xs text-muted-foreground">
          Version {live.version || "none"}{" "}
          {live.from === "file" ? (
            "from the file"
          ) : (
            <>
              by {live.author}, live <Time iso={live.since} />
            </>
          )}
          {" · "}
          {model ?? standardModel}
        </span>
      </Link>
    </li>
  );
}
